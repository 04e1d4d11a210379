//! A crate named `std` for tests written for std: core and alloc under std's paths, a prelude, an allocator, printing and panics that
//! end the process, on libc. For tests only: it lives with them and is never shipped.
#![no_std]
#![crate_name = "std"]
#![crate_type = "rlib"]
#![allow(ambiguous_glob_reexports)]

extern crate alloc as alloc_crate;

pub use alloc_crate::{borrow, boxed, fmt, format, rc, slice, str, string, vec};
pub use core::{
    any, arch, array, ascii, async_iter, bstr, cell, char, clone, cmp, convert, default, error, f128, f16, f32, f64, field, future, hash, hint, i128, i16,
    i32, i64, i8, intrinsics, isize, iter, marker, mem, net, num, ops, option, panic, pat, pin, primitive, ptr, range, result, time, u128, u16, u32,
    u64, u8, unsafe_binder, usize,
};
pub use core::{
    assert, assert_eq, assert_matches, assert_ne, cfg, cfg_select, column, compile_error, concat, concat_bytes, debug_assert, debug_assert_eq,
    debug_assert_matches, debug_assert_ne, derive, env, file, format_args, include, include_bytes, include_str, line, matches, module_path, option_env,
    stringify, todo, r#try, unimplemented, unreachable, write, writeln,
};

pub mod alloc {
    pub use alloc_crate::alloc::*;
}
pub mod collections {
    pub use alloc_crate::collections::*;
    pub use core::ops::Bound;
}
pub mod ffi {
    pub use alloc_crate::ffi::*;
    pub use core::ffi::*;
}
pub mod sync {
    pub use alloc_crate::sync::*;
    pub use core::sync::*;
}
pub mod task {
    pub use alloc_crate::task::*;
    pub use core::task::*;
}
pub mod process {
    pub fn exit(code: i32) -> ! {
        unsafe { crate::libc::exit(code) }
    }
    pub fn abort() -> ! {
        core::intrinsics::abort()
    }
}

pub mod prelude {
    pub mod v1 {
        pub use alloc_crate::{
            borrow::ToOwned,
            boxed::Box,
            string::{String, ToString},
            vec::Vec,
        };
        pub use core::prelude::v1::*;
    }
    pub mod rust_2015 {
        pub use super::v1::*;
    }
    pub mod rust_2018 {
        pub use super::v1::*;
    }
    pub mod rust_2021 {
        pub use super::v1::*;
        pub use core::prelude::rust_2021::*;
    }
    pub mod rust_2024 {
        pub use super::v1::*;
        pub use core::prelude::rust_2024::*;
    }
}

mod libc {
    unsafe extern "C" {
        pub fn write(fd: i32, bytes: *const u8, len: usize) -> isize;
        pub fn exit(code: i32) -> !;
        pub fn _exit(code: i32) -> !;
        pub fn aligned_alloc(align: usize, size: usize) -> *mut u8;
        pub fn free(ptr: *mut u8);
    }
}

struct Malloc;
unsafe impl core::alloc::GlobalAlloc for Malloc {
    unsafe fn alloc(&self, layout: core::alloc::Layout) -> *mut u8 {
        let size = layout.size().wrapping_add(layout.align() - 1) & !(layout.align() - 1);
        unsafe { libc::aligned_alloc(layout.align(), size) }
    }
    unsafe fn dealloc(&self, ptr: *mut u8, _: core::alloc::Layout) {
        unsafe { libc::free(ptr) }
    }
}
#[global_allocator]
static GLOBAL: Malloc = Malloc;

struct Stream(i32);
impl fmt::Write for Stream {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let mut rest = text.as_bytes();
        while !rest.is_empty() {
            let n = unsafe { libc::write(self.0, rest.as_ptr(), rest.len()) };
            if n <= 0 {
                return Err(fmt::Error);
            }
            rest = &rest[n as usize..];
        }
        Ok(())
    }
}

#[doc(hidden)]
pub fn __print(to: i32, text: fmt::Arguments<'_>) {
    let _ = fmt::Write::write_fmt(&mut Stream(to), text);
}

#[macro_export]
macro_rules! print {
    ($($t:tt)*) => { $crate::__print(1, $crate::format_args!($($t)*)) };
}
#[macro_export]
macro_rules! println {
    () => { $crate::print!("\n") };
    ($($t:tt)*) => {{ $crate::print!($($t)*); $crate::print!("\n"); }};
}
#[macro_export]
macro_rules! eprint {
    ($($t:tt)*) => { $crate::__print(2, $crate::format_args!($($t)*)) };
}
#[macro_export]
macro_rules! eprintln {
    () => { $crate::eprint!("\n") };
    ($($t:tt)*) => {{ $crate::eprint!($($t)*); $crate::eprint!("\n"); }};
}

/// What calls `main`; here the test's own entry point does (tools/compile_std_test.py).
#[lang = "start"]
fn lang_start<T>(main: fn() -> T, _argc: isize, _argv: *const *const u8, _sigpipe: u8) -> isize {
    main();
    0
}

#[panic_handler]
fn panic(info: &core::panic::PanicInfo<'_>) -> ! {
    __print(2, format_args!("panicked: {}\n", info.message()));
    unsafe { libc::_exit(101) }
}
