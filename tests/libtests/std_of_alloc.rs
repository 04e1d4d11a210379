/// What alloc's tests call `std`: core and the real alloc, with an allocator of libc's.
extern crate alloc as alloc_itself;

pub mod std {
    pub use alloc_itself::{borrow, boxed, collections, ffi, fmt, format, rc, slice, str, string, vec};
    pub use core::*;

    pub mod alloc {
        pub use alloc_itself::alloc::*;

        /// libc's heap, as std's `System` is.
        #[derive(Clone, Copy, Default, Debug)]
        pub struct System;

        unsafe impl GlobalAlloc for System {
            unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
                let align = layout.align().max(16);
                match layout.size().checked_next_multiple_of(align) {
                    Some(size) => unsafe { crate::libc::aligned_alloc(align, size) },
                    None => core::ptr::null_mut(),
                }
            }
            unsafe fn dealloc(&self, memory: *mut u8, _: Layout) {
                unsafe { crate::libc::free(memory) }
            }
        }

        unsafe impl Allocator for System {
            fn allocate(&self, layout: Layout) -> Result<core::ptr::NonNull<[u8]>, AllocError> {
                if layout.size() == 0 {
                    return Ok(core::ptr::NonNull::slice_from_raw_parts(layout.dangling_ptr(), 0));
                }
                let memory = core::ptr::NonNull::new(unsafe { self.alloc(layout) }).ok_or(AllocError)?;
                Ok(core::ptr::NonNull::slice_from_raw_parts(memory, layout.size()))
            }
            unsafe fn deallocate(&self, memory: core::ptr::NonNull<u8>, layout: Layout) {
                if layout.size() != 0 {
                    unsafe { self.dealloc(memory.as_ptr(), layout) }
                }
            }
        }

        #[global_allocator]
        static GLOBAL: System = System;
    }

    pub mod hash {
        pub use core::hash::*;
        pub use core::hash::SipHasher as DefaultHasher;
    }

    pub mod sync {
        pub use alloc_itself::sync::*;
        pub use core::sync::*;
    }

    pub mod task {
        pub use alloc_itself::task::*;
        pub use core::task::*;
    }

    pub mod os {
        pub mod raw {
            pub use core::ffi::*;
        }
    }

    pub mod panic {
        pub use core::panic::*;

        /// Without unwinding there is nothing to catch: the child ends.
        pub fn catch_unwind<F: FnOnce() -> R + UnwindSafe, R>(f: F) -> Result<R, alloc_itself::boxed::Box<dyn core::any::Any + Send>> {
            Ok(f())
        }
    }

    /// Names every module of a program with std sees.
    pub mod prelude_of_tests {
        pub use alloc_itself::borrow::ToOwned;
        pub use alloc_itself::boxed::Box;
        pub use alloc_itself::string::{String, ToString};
        pub use alloc_itself::vec::Vec;
        pub use alloc_itself::{format, vec};
    }
}
