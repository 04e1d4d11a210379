//@ run-pass
// Generic functions as pointers, extern "C" pointers in Option, method pointers.
//> 18
//> 16
//> 3
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

fn id<T>(t: T) -> T { t }
struct S(i64);
impl S { fn get(&self) -> i64 { self.0 } }
extern "C" fn cb(x: i64) -> i64 { x + 1 }
struct Ops { f: Option<extern "C" fn(i64) -> i64>, g: fn(&S) -> i64 }
static OPS: Ops = Ops { f: Some(cb), g: S::get };

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    let f: fn(i64) -> i64 = id;
    rt::num(f(3) + (OPS.g)(&S(4)) + OPS.f.map_or(0, |f| f(10)));
    rt::num(core::mem::size_of::<Ops>() as i64);
    rt::num([S(1), S(2)].iter().map(S::get).sum());
    0
}
