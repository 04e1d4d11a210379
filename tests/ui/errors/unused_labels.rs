//@ check-fail
//@ edition: 2021
//@ compile-flags: --crate-type lib
// A label that no jump names is reported where it stands, unless it begins with `_` or an attribute around allows it.
#![no_std]
pub fn unused(x: u8) -> impl core::future::Future<Output = ()> {
    'a: loop { break; } //~ WARN unused label [unused_labels]
    'b: for _ in 0..1 {} //~ WARN unused label [unused_labels]
    'c: while let Some(_) = Some(x) { break; } //~ WARN unused label [unused_labels]
    let _ = 'd: { 3 }; //~ WARN unused label [unused_labels]
    let _ = || { 'e: loop { break; } }; //~ WARN unused label [unused_labels]
    const { 'f: loop { break; } } //~ WARN unused label [unused_labels]
    let _: [u8; 'g: { 1 }] = [0]; //~ WARN unused label [unused_labels]
    'h: for _ in 0..1 { //~ WARN unused label [unused_labels]
        'h: for _ in 0..1 { break 'h; }
    }
    async { 'i: for _ in 0..1 {} } //~ WARN unused label [unused_labels]
}
pub fn used(x: bool) {
    'a: loop { break 'a; }
    'b: for _ in 0..1 { continue 'b; }
    'c: while (break 'c) {}
    let _ = 'd: { if x { break 'd 1; } 2 };
    'e: loop { loop { if x { continue 'e; } break 'e; } }
    '_f: loop { break; }
}
macro_rules! labelled { ($l:lifetime) => { $l: loop { break; } }; () => { 'm: loop { break; } }; } //~ WARN unused label [unused_labels]
macro_rules! leave { ($l:lifetime) => { break $l }; }
pub fn macros() {
    labelled!('a); //~ WARN unused label [unused_labels]
    labelled!();
    'b: loop { leave!('b); }
}
pub fn allowed() {
    #[allow(unused_labels)]
    'a: loop { break; }
    #[allow(unused)]
    { 'b: loop { break; } }
    #[expect(unused_labels)]
    'c: loop { break; }
}
#[deny(unused_labels)]
pub fn denied() {
    'a: loop { break; } //~ ERROR unused label [unused_labels]
    'b: loop { break; } //~ ERROR unused label [unused_labels]
}
#[allow(unused_labels)]
pub fn allowed_all() { 'a: loop { break; } }
