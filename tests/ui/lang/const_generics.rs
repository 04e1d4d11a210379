//@ run-pass
// Const parameters in types, functions, impls and array lengths.
//> 5
//> 8
//> 7
//> 10
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

struct Buf<const N: usize> { data: [u8; N] }
impl<const N: usize> Buf<N> {
    const LEN: usize = N * 2;
    fn new() -> Self { Buf { data: [1; N] } }
    fn sum(&self) -> i64 { let mut s = 0; for b in self.data { s += b as i64; } s }
}
fn len<T, const N: usize>(_: &[T; N]) -> usize { N }
fn flag<const B: bool>() -> i64 { if B { 1 } else { 0 } }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::num(Buf::<5>::new().sum());
    rt::num(Buf::<4>::LEN as i64);
    rt::num(len(&[0u16; 7]) as i64);
    rt::num(flag::<true>() * 10 + flag::<{ 1 > 2 }>());
    0
}
