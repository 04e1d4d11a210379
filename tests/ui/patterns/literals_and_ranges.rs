//@ run-pass
// Literal, range, char and negative patterns; guards; order of arms.
//> 1
//> 2
//> 3
//> 4
//> 5
//> 6
//> 1234
//> 1209
//> 1234
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

fn f(n: i64) -> i64 { match n { 0 => 1, 1..=9 => 2, -5..0 => 3, i64::MIN..=-6 => 4, x if x % 2 == 0 => 5, 10.. => 6 } }
fn c(c: char) -> i64 { match c { 'a'..='z' => 1, 'A' | 'B' => 2, '\u{e9}' => 3, _ => 4 } }
fn s(s: &str) -> i64 { match s { "one" => 1, "two" => 2, "" => 0, _ => 9 } }
fn b(b: &[u8]) -> i64 { match b { b"ab" => 1, b"" => 2, [b'x', ..] => 3, _ => 4 } }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    for n in [0, 5, -3, -100, 20, 21] { rt::num(f(n)); }
    rt::num(c('q') * 1000 + c('B') * 100 + c('\u{e9}') * 10 + c('!'));
    rt::num(s("one") * 1000 + s("two") * 100 + s("") * 10 + s("three"));
    rt::num(b(b"ab") * 1000 + b(b"") * 100 + b(b"xyz") * 10 + b(b"q"));
    0
}
