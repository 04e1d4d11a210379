//@ run-pass
// Guards run in order, may fall through, and see bindings by reference before a move.
//> 5
//> 2
//> -2
//> 7
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

struct D(i64);
fn f(o: Option<D>, limit: i64) -> i64 { match o { Some(d) if d.0 > limit => d.0, Some(D(n)) if { rt::num(n); false } => 0, Some(d) => -d.0, None => 7 } }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::num(f(Some(D(5)), 3));
    rt::num(f(Some(D(2)), 3));
    rt::num(f(None, 3));
    0
}
