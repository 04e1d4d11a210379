//@ run-pass
// core::fmt: Display, Debug, hex, width, precision, fill, alternate, derives, captured arguments.
//> 42 42    42|42   | 42  |00042|+42
//> ff 0xFF 0b101 10 1.5e3
//> "q\"\n" 'c' 1.5
//> P { x: -1, name: "n" } A B(1, Some('z')) U
//> C {
//>     v: [
//>         1,
//>         2,
//>     ],
//> }
//> <1|d> ***mid*** 3.14      2.7
//> (1, "a") [Some(1), None] 5
//> {} [0a, c8] true
//> NaN 340282366920938463463374607431768211455
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

use core::fmt::{self, Write};
struct Out;
impl Write for Out { fn write_str(&mut self, s: &str) -> fmt::Result { rt::put(s); Ok(()) } }
#[derive(Debug)] struct P { x: i32, name: &'static str }
#[derive(Debug)] enum E { A, B(u8, Option<char>), C { v: [u8; 2] } }
#[derive(Debug)] struct U;
impl fmt::Display for P { fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { write!(f, "<{}|{}>", self.x, self.name) } }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    let n = 42;
    let _ = writeln!(Out, "{} {n} {0:>5}|{0:<5}|{0:^5}|{0:05}|{0:+}", n);
    let _ = writeln!(Out, "{:x} {:#X} {:#b} {:o} {:e}", 255, 255, 5, 8, 1500.0);
    let _ = writeln!(Out, "{:?} {:?} {:?}", "q\"\n", 'c', 1.5f32);
    let _ = writeln!(Out, "{:?} {:?} {:?} {:?}", P { x: -1, name: "n" }, E::A, E::B(1, Some('z')), U);
    let _ = writeln!(Out, "{:#?}", E::C { v: [1, 2] });
    let _ = writeln!(Out, "{} {:*^9} {:.2} {:>w$.p$}", P { x: 1, name: "d" }, "mid", 3.14159, 2.71828, w = 8, p = 1);
    let _ = writeln!(Out, "{:?} {:?} {:?}", (1, "a"), [Some(1), None], &&5u8);
    let _ = writeln!(Out, "{{}} {:02x?} {}", [10, 200], true);
    let _ = writeln!(Out, "{:?} {}", f64::NAN, u128::MAX);
    0
}
