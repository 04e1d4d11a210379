//@ check-fail
//@ proc-macro: failing.rs
//@ compile-flags: -Zproc-macro-time-limit=1
//@ skip-oracle: the reference runs macros in its own process, which they end
// A macro that ends its process, does not end, or keeps tokens for a later one is an error where it is called; others still work.
#![no_std]

fn main() {
    let _: u8 = failing::works!();
    failing::aborts!(); //~ ERROR the procedural macro `aborts` crashed
    let _: u8 = failing::works!();
    failing::exits!(); //~ ERROR the procedural macro `exits` crashed
    failing::overflows_stack!(); //~ ERROR the procedural macro `overflows_stack` crashed
    failing::loops!(); //~ ERROR the procedural macro `loops` did not end within 1 seconds
    let _: u8 = failing::works!();
    let _: u8 = failing::keeps!(x);
    failing::uses_kept!(); //~ ERROR proc macro panicked
    failing::panics!(x); //~ ERROR proc macro panicked
    let _: u8 = failing::works!();
}
