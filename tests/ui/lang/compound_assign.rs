//@ run-pass
// Compound assignment on locals, fields, elements and through references.
//> 11
//> -12
//> 21
//> 250
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

struct P { a: i64, b: [i64; 2] }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    let mut p = P { a: 1, b: [2, 3] };
    p.a += 10;
    p.b[1] *= 7;
    let r = &mut p.b[0];
    *r -= 5;
    *r <<= 2;
    rt::num(p.a);
    rt::num(p.b[0]);
    rt::num(p.b[1]);
    let mut f = 0b1100u8;
    f &= 0b0110; f |= 1; f ^= 0xff;
    rt::num(f as i64);
    0
}
