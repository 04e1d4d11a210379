//@ run-pass
// Early exits drop everything in scope, innermost first.
//> drop 1
//> -1
//> drop 4
//> drop 2
//> drop 1
//> -1
//> drop 4
//> drop 3
//> drop 2
//> drop 1
//> 2
//> drop 6
//> drop 5
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

struct D(i64);
impl Drop for D { fn drop(&mut self) { rt::show("drop", self.0); } }

fn f(n: i64) -> Option<i64> { let _a = D(1); if n == 0 { return None; } let _b = D(2); let v = g(n)?; let _c = D(3); Some(v) }
fn g(n: i64) -> Option<i64> { let _d = D(4); if n == 1 { None } else { Some(n) } }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::num(f(0).unwrap_or(-1));
    rt::num(f(1).unwrap_or(-1));
    rt::num(f(2).unwrap_or(-1));
    'l: loop { let _x = D(5); loop { let _y = D(6); break 'l; } }
    0
}
