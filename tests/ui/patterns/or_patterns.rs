//@ run-pass
// Or-patterns at every depth, with bindings.
//> 5
//> 80
//> -1
//> 8
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

enum E { A(i64), B(i64, i64), C { v: i64 }, D }
fn f(e: &E) -> i64 { match e { E::A(n @ (1 | 2)) | E::B(n, 0 | 7) => *n, E::C { v: n } | E::B(n, _) | E::A(n) => n * 10, E::D => -1 } }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::num(f(&E::A(2)) + f(&E::B(3, 7)));
    rt::num(f(&E::A(5)) + f(&E::B(1, 1)) + f(&E::C { v: 2 }));
    rt::num(f(&E::D));
    let (Ok(x) | Err(x)): Result<i64, i64> = Err(8);
    rt::num(x);
    0
}
