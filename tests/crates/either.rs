//@ package: librust-either-dev
#![no_std]
#![no_main]
#[path = "../ui/support/rt_alloc.rs"]
#[macro_use]
mod rt;

use either::{Either, Left, Right};
fn pick(l: bool) -> Either<core::ops::Range<u32>, core::iter::Once<u32>> { if l { Left(0..4) } else { Right(core::iter::once(42)) } }
#[no_mangle]
pub extern "C" fn main() -> i32 {
    println!("{} {}", pick(true).sum::<u32>(), pick(false).map(|x| x + 1).last().unwrap());
    let e: Either<u8, &str> = Left(3);
    println!("{:?} {:?} {:?}", e, e.flip(), e.left());
    println!("{}", e.either(|n| n as usize, |s| s.len()));
    let r: Either<u8, &str> = Right("abc");
    println!("{:?} {} {}", r.map_right(|s| s.len()), r.is_right(), r);
    println!("{:?}", Either::<u8, u16>::from(Ok::<u16, u8>(3)).factor());
    0
}
trait F { fn factor(self) -> u32; }
impl F for Either<u8, u16> { fn factor(self) -> u32 { self.either(|a| a as u32, |b| b as u32 * 2) } }
