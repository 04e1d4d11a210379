//@ run-pass
// Explicit discriminants, repr, casts, negative values.
//> 12
//> -5004
//> 300
//> 2
//> 1
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

#[repr(u8)] #[derive(Clone, Copy, PartialEq, Debug)] enum Color { Red = 1, Green, Blue = 10 }
#[repr(i16)] enum Neg { A = -5, B, C = 300 }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::num(Color::Green as i64 + Color::Blue as i64);
    rt::num(Neg::A as i64 * 1000 + Neg::B as i64);
    rt::num(Neg::C as i16 as i64);
    rt::num(core::mem::size_of::<Neg>() as i64);
    rt::num((Color::Red == Color::Red) as i64);
    0
}
