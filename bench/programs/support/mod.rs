//! What the measured programs stand on: main, libc's heap, a growing vector, a random generator, and printing of checksums.
#![allow(dead_code)]

use core::fmt::{self, Write};
use core::ops::{Deref, DerefMut};

unsafe extern "C" {
    fn write(fd: i32, bytes: *const u8, len: usize) -> isize;
    fn realloc(old: *mut u8, bytes: usize) -> *mut u8;
    fn free(old: *mut u8);
    fn _exit(code: i32) -> !;
}

#[panic_handler]
fn panic(info: &core::panic::PanicInfo<'_>) -> ! {
    let _ = writeln!(Stdout, "{info}");
    unsafe { _exit(101) }
}

/// Runs the program's `run` as often as its `ROUNDS` says, or once when there is an argument.
#[unsafe(no_mangle)]
extern "C" fn main(argc: i32) -> i32 {
    for _ in 0..if argc > 1 { 1 } else { crate::ROUNDS } {
        crate::run();
    }
    0
}

pub struct Stdout;

impl Write for Stdout {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        unsafe { write(1, text.as_ptr(), text.len()) };
        Ok(())
    }
}

/// Prints one checksum with its name.
#[inline(never)]
pub fn report(name: &str, sum: u64) {
    let _ = writeln!(Stdout, "{name} {sum:016x}");
}

/// xorshift64*: the same numbers for every compiler.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Random(seed | 1)
    }
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }
    pub fn below(&mut self, limit: u64) -> u64 {
        (self.next() >> 11) % limit
    }
}

/// A vector on libc's heap.
pub struct Vector<T> {
    data: *mut T,
    len: usize,
    capacity: usize,
}

impl<T> Vector<T> {
    pub const fn new() -> Self {
        Vector { data: core::ptr::dangling_mut(), len: 0, capacity: 0 }
    }

    pub fn filled(value: T, len: usize) -> Self
    where
        T: Clone,
    {
        let mut v = Self::new();
        for _ in 0..len {
            v.push(value.clone());
        }
        v
    }

    #[cold]
    fn grow(&mut self) {
        let capacity = if self.capacity == 0 { 8 } else { self.capacity * 2 };
        let old = if self.capacity == 0 { core::ptr::null_mut() } else { self.data.cast() };
        let new = unsafe { realloc(old, capacity * size_of::<T>()) };
        assert!(!new.is_null(), "out of memory");
        self.data = new.cast();
        self.capacity = capacity;
    }

    #[inline]
    pub fn push(&mut self, value: T) {
        if self.len == self.capacity {
            self.grow();
        }
        unsafe { self.data.add(self.len).write(value) };
        self.len += 1;
    }

    #[inline]
    pub fn pop(&mut self) -> Option<T> {
        if self.len == 0 {
            return None;
        }
        self.len -= 1;
        Some(unsafe { self.data.add(self.len).read() })
    }

    pub fn clear(&mut self) {
        while let Some(value) = self.pop() {
            drop(value);
        }
    }

    pub fn extend(&mut self, values: impl IntoIterator<Item = T>) {
        for value in values {
            self.push(value);
        }
    }
}

impl<T> Drop for Vector<T> {
    fn drop(&mut self) {
        self.clear();
        if self.capacity != 0 {
            unsafe { free(self.data.cast()) };
        }
    }
}

impl<T> Deref for Vector<T> {
    type Target = [T];
    #[inline]
    fn deref(&self) -> &[T] {
        unsafe { core::slice::from_raw_parts(self.data, self.len) }
    }
}

impl<T> DerefMut for Vector<T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut [T] {
        unsafe { core::slice::from_raw_parts_mut(self.data, self.len) }
    }
}

impl<T> FromIterator<T> for Vector<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        let mut v = Self::new();
        v.extend(values);
        v
    }
}

/// Text on the heap: the bytes are UTF-8.
pub struct Text(pub Vector<u8>);

impl Text {
    pub fn new() -> Self {
        Text(Vector::new())
    }
    pub fn as_str(&self) -> &str {
        unsafe { core::str::from_utf8_unchecked(&self.0) }
    }
}

impl Write for Text {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for &b in text.as_bytes() {
            self.0.push(b);
        }
        Ok(())
    }
}

/// FNV-1a over 64-bit words, to sum results up.
pub fn mix(sum: u64, value: u64) -> u64 {
    (sum ^ value).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(23)
}
