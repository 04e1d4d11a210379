//@ run-pass
// type_name-free type information: size, align, needs_drop, TypeId, discriminants.
//> 10
//> 10
//> 0
//> 18
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

use core::any::TypeId;
struct D; impl Drop for D { fn drop(&mut self) {} }
enum E { A, B }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    use core::mem;
    rt::num(mem::needs_drop::<D>() as i64 * 10 + mem::needs_drop::<u8>() as i64);
    rt::num((TypeId::of::<u8>() == TypeId::of::<u8>()) as i64 * 10 + (TypeId::of::<u8>() == TypeId::of::<i8>()) as i64);
    rt::num((mem::discriminant(&E::A) == mem::discriminant(&E::B)) as i64);
    rt::num(mem::size_of_val(&[0u16; 5]) as i64 + mem::align_of_val(&0u64) as i64);
    0
}
