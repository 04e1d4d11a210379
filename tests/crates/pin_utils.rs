//@ package: librust-pin-utils-dev
#![no_std]
#![no_main]
#[path = "../ui/support/rt_alloc.rs"]
#[macro_use]
mod rt;

use core::pin::Pin;
use pin_utils::{pin_mut, unsafe_pinned, unsafe_unpinned};
struct S<T> { a: T, b: u32 }
impl<T> S<T> { unsafe_pinned!(a: T); unsafe_unpinned!(b: u32); }
#[no_mangle]
pub extern "C" fn main() -> i32 {
    let s = S { a: 1u8, b: 2 };
    pin_mut!(s);
    *s.as_mut().b() += 40;
    s.as_mut().a().set(9);
    let r: Pin<&mut S<u8>> = s;
    println!("{} {}", r.a, r.b);
    0
}
