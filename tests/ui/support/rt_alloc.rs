// rt.rs and a global allocator on libc's malloc, which counts what lives; println! through core::fmt.

use core::alloc::{GlobalAlloc, Layout};
use core::sync::atomic::{AtomicIsize, Ordering};

unsafe extern "C" {
    fn write(fd: i32, bytes: *const u8, len: usize) -> isize;
    fn _exit(code: i32) -> !;
    fn aligned_alloc(align: usize, size: usize) -> *mut u8;
    fn free(ptr: *mut u8);
}

pub struct Malloc;
pub static LIVE: AtomicIsize = AtomicIsize::new(0);

unsafe impl GlobalAlloc for Malloc {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        LIVE.fetch_add(1, Ordering::Relaxed);
        let size = layout.size().wrapping_add(layout.align() - 1) & !(layout.align() - 1);
        unsafe { aligned_alloc(layout.align(), size) }
    }
    unsafe fn dealloc(&self, ptr: *mut u8, _: Layout) {
        LIVE.fetch_sub(1, Ordering::Relaxed);
        unsafe { free(ptr) }
    }
}

#[global_allocator]
static GLOBAL: Malloc = Malloc;

/// Allocations that are not freed yet.
#[allow(dead_code)]
pub fn live() -> isize {
    LIVE.load(Ordering::Relaxed)
}

pub struct Out;
impl core::fmt::Write for Out {
    fn write_str(&mut self, s: &str) -> core::fmt::Result {
        unsafe { write(1, s.as_ptr(), s.len()) };
        Ok(())
    }
}

#[macro_export]
macro_rules! println {
    ($($t:tt)*) => {{ use core::fmt::Write; let _ = writeln!($crate::rt::Out, $($t)*); }};
}

#[panic_handler]
fn panic(info: &core::panic::PanicInfo<'_>) -> ! {
    println!("panic: {}", info.message());
    unsafe { _exit(101) }
}
