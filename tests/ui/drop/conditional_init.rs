//@ run-pass
// Drop flags: conditional initialisation, moves in branches and loops.
//> end 0
//> drop 10
//> made 1
//> end 1
//> drop 11
//> drop 1
//> drop 12
//> moved
//> drop 1
//> v 2
//> drop 2
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

struct D(i64);
impl Drop for D { fn drop(&mut self) { rt::show("drop", self.0); } }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    for i in 0..3 {
        let d;
        let e = D(10 + i);
        if i == 1 { d = D(i); rt::show("made", d.0); } else if i == 2 { drop(e); rt::line("moved"); continue; }
        rt::show("end", i);
    }
    let mut v = D(1);
    v = D(2);
    rt::show("v", v.0);
    0
}
