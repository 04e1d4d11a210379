//@ run-pass
// Switches over every integer width, chars and bools, with ranges that touch the ends of the type.
//> 0
//> 1
//> 1
//> 2
//> 3
//> 4
//> 4
//> 5
//> 0
//> 1
//> 0
//> 1
//> 2
//> 2
//> 4
//> 4
//> 3
//> 3
//> -1
//> -1
//> 0
//> 1
//> 2
//> 2
//> 1
//> 6
//> 7
//> 8
//> 9
//> 0
//> 0
//> 5
//> 1
//> 2
//> 2
//> 3
//> 4
//> 4
//> 0
//> 0
//> 1
//> 2
//> 2
//> 3
//> 2
//> 42
//> 42
//> 1312
//> 1312
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

fn i(n: i8) -> i64 { match n { i8::MIN => 0, -127..=-2 => 1, -1 => 2, 0 => 3, 1..=126 => 4, i8::MAX => 5 } }
fn u(n: u16) -> i64 { match n { 0 | 2 | 4 => 0, ..10 => 1, 10..100 => 2, 0x1000..=0xffff => 3, 100.. => 4 } }
fn w(n: i128) -> i64 { match n { i128::MIN..=-1 => -1, 0 => 0, 1 | 0x7fff_ffff_ffff_ffff_ffff_ffff_ffff_ffff => 1, 2.. => 2 } }
fn q(n: u128) -> i64 { match n { u128::MAX => 9, 0x1_0000_0000_0000_0000.. => 8, 0xffff_ffff_ffff_ffff => 7, _ => 6 } }
fn c(n: char) -> i64 { match n { '\0'..='\x1f' => 0, 'a' | 'e' | 'i' | 'o' | 'u' => 1, 'a'..='z' => 2, '\u{d7ff}' => 3, '\u{e000}'.. => 4, _ => 5 } }
fn s(n: isize) -> i64 { match n { ..0 => 0, 0 => 1, 1..isize::MAX => 2, isize::MAX.. => 3 } }
fn z(n: usize) -> i64 { match n { 0 => 0, 1.. => 1 } }
fn b(x: bool, y: bool, n: u8) -> i64 { match (x, y, n) { (true, _, 0..=127) => 0, (_, true, 128..) => 1, (false, false, _) => 2, (true, false, 128..=255) => 3, (false, true, ..=127) => 4 } }
fn run() {
    for n in [i8::MIN, -127, -2, -1, 0, 1, 126, i8::MAX] { num(i(n)) }
    for n in [0, 1, 4, 9, 10, 99, 100, 4095, 4096, u16::MAX] { num(u(n)) }
    for n in [i128::MIN, -1, 0, 1, 2, i128::MAX - 1, i128::MAX] { num(w(n)) }
    for n in [0, u64::MAX as u128, 1 << 64, u128::MAX] { num(q(n)) }
    for n in ['\0', '\x1f', ' ', 'a', 'b', 'z', '\u{d7ff}', '\u{e000}', char::MAX] { num(c(n)) }
    for n in [isize::MIN, -1, 0, 1, isize::MAX - 1, isize::MAX] { num(s(n)) }
    num(z(0) + z(1) + z(usize::MAX));
    for n in [0, 127, 128, 255] { num(b(true, true, n) * 1000 + b(true, false, n) * 100 + b(false, true, n) * 10 + b(false, false, n)) }
}
