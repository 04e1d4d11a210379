//@ run-pass
// A table of operations in a constant, as file operations are made, from a generic impl.
//> tty
//> 42
//> 4
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

use core::marker::PhantomData;
#[repr(C)] struct Ops { open: Option<unsafe extern "C" fn(*mut u8) -> i32>, size: usize, name: &'static str }
trait Device { const NAME: &'static str; fn open(&self) -> i32; }
struct Table<T>(PhantomData<T>);
impl<T: Device> Table<T> {
    const OPS: Ops = Ops { open: Some(Self::open), size: core::mem::size_of::<T>(), name: T::NAME };
    unsafe extern "C" fn open(p: *mut u8) -> i32 { unsafe { &*p.cast::<T>() }.open() }
    const fn get() -> &'static Ops { &Self::OPS }
}
struct Tty { line: u32 }
impl Device for Tty { const NAME: &'static str = "tty"; fn open(&self) -> i32 { self.line as i32 + 1 } }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    let ops = Table::<Tty>::get();
    let mut t = Tty { line: 41 };
    rt::line(ops.name);
    rt::num(match ops.open { Some(f) => unsafe { f((&raw mut t).cast()) as i64 }, None => -1 });
    rt::num(ops.size as i64);
    0
}
