//@ run-pass
// Compile-time assertions and unreachable panics in constants.
//> 20
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

const _: () = assert!(core::mem::size_of::<usize>() == 8);
const fn pick(n: usize) -> usize { match n { 0 => 10, 1 => 20, _ => panic!("no such entry") } }
const P: usize = pick(1);

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    const { assert!(P == 20, "wrong") };
    rt::num(P as i64);
    0
}
