// Shared by two others: state that must exist once, a generic, a trait with an implementation, macros, a dyn-safe trait.
#![no_std]
use core::sync::atomic::{AtomicU32, Ordering};

pub static VISIBLE: AtomicU32 = AtomicU32::new(0);
static HIDDEN: AtomicU32 = AtomicU32::new(100);

pub fn count() -> u32 {
    HIDDEN.fetch_add(1, Ordering::Relaxed)
}

#[inline]
pub fn count_inline<T: Default + PartialEq>(x: T) -> u32 {
    if x == T::default() { HIDDEN.fetch_add(10, Ordering::Relaxed) } else { 0 }
}

pub trait Describe {
    const KIND: u32;
    fn number(&self) -> u32;
    fn twice(&self) -> u32 { self.number() * 2 }
}
impl Describe for u8 {
    const KIND: u32 = 8;
    fn number(&self) -> u32 { *self as u32 }
}

pub trait Object { fn id(&self) -> u32; }
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Point { pub x: u32, pub y: u32 }
impl Object for Point { fn id(&self) -> u32 { self.x * 10 + self.y } }

#[unsafe(no_mangle)]
pub extern "C" fn base_answer() -> u32 { 42 }

#[macro_export]
macro_rules! point {
    ($x:expr, $y:expr) => { $crate::Point { x: $x, y: $y } };
    ($x:expr) => { $crate::point!($x, $crate::helper($x)) };
}
#[doc(hidden)]
pub fn helper(x: u32) -> u32 { x + 1 }

pub mod deep { pub mod er { pub const VALUE: u32 = 7; pub fn name() -> &'static str { module_path!() } } }

// Functions that are generic over lifetimes only are in the library's object.
pub struct Cursor<'a> { bytes: &'a [u8] }
impl<'a> Cursor<'a> { pub fn new(bytes: &'a [u8]) -> Self { Cursor { bytes } } }
impl<'a> Iterator for Cursor<'a> {
    type Item = &'a u8;
    fn next(&mut self) -> Option<&'a u8> { let (first, rest) = self.bytes.split_first()?; self.bytes = rest; Some(first) }
}
