//@ run-pass
//@ edition: 2024
//@ aux-crate: new=renamed.rs
//@ aux-crate: noprelude:hidden=renamed.rs
//@ aux-build: allocating.rs
//@ compile-flags: -Z unstable-options
// --extern under another name, also only for `extern crate`; the allocator and the panic handler in a dependency.
//> renamed renamed
//> same true none
//> ["a", "b", "c"] 7
//> live 0
#![no_std]
#![no_main]
extern crate allocating;
extern crate hidden as again;
use allocating::rt::{self, Out};
use core::fmt::Write;

fn run() -> core::fmt::Result {
    writeln!(Out, "{} {}", new::who(), again::shout!())?;
    writeln!(Out, "same {} {}", new::file().ends_with("renamed.rs"), again::var().unwrap_or("none"))?;
    writeln!(Out, "{:?} {}", allocating::words("a b c"), allocating::adder(3)(4))
}

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    let _ = run();
    let _ = writeln!(Out, "live {}", rt::live());
    0
}
