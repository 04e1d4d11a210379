//@ run-pass
// Generic constants that are references: what is behind them is a value of its own, of any type.
//> 42
//> 7
//> 300
//> abc
#![no_std]
#![no_main]
#![feature(adt_const_params, unsized_const_params)]
#![allow(incomplete_features)]
#[path = "../support/rt.rs"]
mod rt;

static ANSWER: usize = 42;
fn number<const X: &'static usize>() -> usize { *X }
fn twice<const X: &'static &'static i8>() -> i8 { **X }
fn sum<const X: &'static (u16, u8)>() -> u16 { X.0 + X.1 as u16 }
fn text<const X: &'static str>() -> &'static str { X }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::num(number::<{ &ANSWER }>() as i64);
    rt::num(twice::<{ &&7 }>() as i64);
    rt::num(sum::<{ &(290, 10) }>() as i64);
    rt::line(text::<"abc">());
    0
}
