//@ package: librust-void-dev
#![no_std]
#![no_main]
#[path = "../ui/support/rt_alloc.rs"]
#[macro_use]
mod rt;

use void::{unreachable, ResultVoidExt, Void};
fn sure() -> Result<u32, Void> { Ok(5) }
#[no_mangle]
pub extern "C" fn main() -> i32 {
    println!("{} {}", sure().void_unwrap(), core::mem::size_of::<Option<Void>>());
    let r: Result<u8, Void> = Ok(3);
    println!("{}", match r { Ok(x) => x, Err(e) => unreachable(e) });
    println!("{:?}", r);
    0
}
