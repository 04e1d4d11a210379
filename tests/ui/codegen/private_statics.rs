//@ filecheck
//@ emit: llvm-ir
//@ compile-flags: -C no-prepopulate-passes
// A static that nobody outside can come to is for the object alone, so that it goes away where it is not used.
// CHECK-DAG: @{{.*}}7PRIVATE = internal
// CHECK-DAG: @{{.*}}6INSIDE = internal
// CHECK-DAG: @{{.*}}6PUBLIC = {{(local_unnamed_addr )?}}{{(constant|global)}}
// CHECK-DAG: @NAMED = {{(local_unnamed_addr )?}}{{(constant|global)}}
#![no_std]
#![crate_type = "lib"]
use core::sync::atomic::{AtomicU32, Ordering};

static PRIVATE: AtomicU32 = AtomicU32::new(1);
pub static PUBLIC: AtomicU32 = AtomicU32::new(2);
#[no_mangle]
static NAMED: AtomicU32 = AtomicU32::new(3);

#[inline(never)]
pub fn count() -> u32 {
    static INSIDE: AtomicU32 = AtomicU32::new(4);
    INSIDE.fetch_add(PRIVATE.load(Ordering::Relaxed), Ordering::Relaxed)
}
