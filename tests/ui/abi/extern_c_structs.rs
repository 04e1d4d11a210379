//@ run-pass
// Structs by value through extern "C" functions, in every register class.
//> 2
//> 310
//> 3
//> 6
//> 302
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

#[repr(C)] #[derive(Clone, Copy)] struct A { x: i32, y: i32 }
#[repr(C)] #[derive(Clone, Copy)] struct B { x: f64, y: i64 }
#[repr(C)] #[derive(Clone, Copy)] struct C3 { x: f32, y: f32, z: f32 }
#[repr(C)] #[derive(Clone, Copy)] struct Big { v: [i64; 5] }
#[repr(C)] struct Small { a: u8, b: u16 }
extern "C" fn a(v: A) -> A { A { x: v.y, y: v.x } }
extern "C" fn b(v: B, k: i64) -> B { B { x: v.x * 2.0, y: v.y + k } }
extern "C" fn c(v: C3) -> C3 { C3 { x: v.z, y: v.y, z: v.x } }
extern "C" fn big(v: Big) -> Big { let mut r = v; r.v[0] += v.v[4]; r }
extern "C" fn small(v: Small, w: bool) -> u16 { v.a as u16 + v.b + w as u16 }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    let f: extern "C" fn(A) -> A = a;
    rt::num(f(A { x: 1, y: 2 }).x as i64);
    let r = b(B { x: 1.5, y: 4 }, 6);
    rt::num(r.x as i64 * 100 + r.y);
    rt::num(c(C3 { x: 1.0, y: 2.0, z: 3.0 }).x as i64);
    rt::num(big(Big { v: [1, 2, 3, 4, 5] }).v[0]);
    rt::num(small(Small { a: 1, b: 300 }, true) as i64);
    0
}
