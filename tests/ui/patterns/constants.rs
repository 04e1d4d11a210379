//@ run-pass
// Constants, associated constants, statics behind references and unit structs as patterns.
//> 123
//> 1
//> 1
//> 5
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

const LIMIT: i64 = 10;
struct S; impl S { const K: u8 = 3; }
#[derive(PartialEq, Eq)] struct Point { x: i64, y: i64 }
const ORIGIN: Point = Point { x: 0, y: 0 };
const NAME: &str = "core";
fn f(n: i64) -> i64 { match n { LIMIT => 1, i64::MAX => 2, _ => 3 } }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::num(f(10) * 100 + f(i64::MAX) * 10 + f(0));
    rt::num(match 3u8 { S::K => 1, _ => 0 });
    rt::num(match (Point { x: 0, y: 0 }) { ORIGIN => 1, _ => 0 });
    rt::num(match "core" { NAME => 5, _ => 0 });
    0
}
