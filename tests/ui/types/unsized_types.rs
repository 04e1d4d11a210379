//@ run-pass
// Slices, str and dyn behind references; custom unsized structs; size_of_val.
//> 4
//> 8
//> 502
//> 204
//> 5
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

struct Tail<T: ?Sized> { n: u8, t: T }
trait Tr { fn v(&self) -> i64; }
impl Tr for u16 { fn v(&self) -> i64 { *self as i64 } }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    let s: &Tail<[u16]> = &Tail { n: 1, t: [1u16, 2, 3] };
    rt::num(s.t.len() as i64 + s.n as i64);
    rt::num(core::mem::size_of_val(s) as i64);
    let d: &Tail<dyn Tr> = &Tail { n: 2, t: 500u16 };
    rt::num(d.t.v() + d.n as i64);
    rt::num(core::mem::align_of_val(d) as i64 * 100 + core::mem::size_of_val(&*d) as i64);
    rt::num(core::mem::size_of_val("hello") as i64);
    0
}
