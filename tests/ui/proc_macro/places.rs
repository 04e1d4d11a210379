//@ run-pass
//@ proc-macro: trees.rs
// Spans: lines, columns, text, joining; names at the call, at the definition, and mixed.
//> 0:31 1:14 Some("first") Some(28) true
//> 2
//> 2
//> 1
//> 2
//> 1
//> 2
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::line(trees::places!(  first second {
        1   }));
    let x = 1;
    let mut note = 0;
    trees::define!(call);
    rt::num(x as i64);
    rt::num(note as i64);
    let x = 1;
    trees::define!(mixed);
    rt::num(x as i64);
    rt::num(note as i64);
    trees::define!(def);
    rt::num(x as i64);
    rt::num(note as i64);
    0
}
