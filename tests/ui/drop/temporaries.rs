//@ run-pass
// Temporaries die at the end of the statement, or with the block when extended.
//> 1
//> drop 1
//> in match 3
//> drop 3
//> drop 4
//> then
//> 2
//> drop 5
//> drop 6
//> 6
//> drop 2
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

struct D(i64);
impl Drop for D { fn drop(&mut self) { rt::show("drop", self.0); } }
fn id(d: &D) -> i64 { d.0 }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::num(id(&D(1)));
    let x = &D(2);
    match D(3).0 { n => rt::show("in match", n) }
    if id(&D(4)) == 4 { rt::line("then"); }
    rt::num(x.0);
    let y = { let _z = D(5); id(&D(6)) };
    rt::num(y);
    0
}
