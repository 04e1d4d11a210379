//@ filecheck
//@ emit: llvm-ir
//@ compile-flags: -C opt-level=2
// What types and cold paths tell LLVM: branches to cold code are weighted, checks that panic are not; loaded references are aligned.
#![no_std]
#![crate_type = "lib"]

extern "C" { fn rare(a: u32) -> u32; }

// CHECK-LABEL: @unlikely_call
// CHECK: br i1 %{{.*}}, label %{{.*}}, label %{{.*}}, !prof
#[no_mangle]
pub fn unlikely_call(a: u32) -> u32 {
    if a == 7 {
        core::hint::cold_path();
        return unsafe { rare(a) };
    }
    a
}

#[cold]
#[inline(never)]
fn seldom(a: u32) -> u32 { unsafe { rare(a) } }

// CHECK-LABEL: @unlikely_arms
// CHECK: switch i32 {{.*}} [
// CHECK: ], !prof
#[no_mangle]
pub fn unlikely_arms(a: u32) -> u32 {
    match a {
        3 => unsafe { rare(1) },
        80 => seldom(2),
        900 => unsafe { rare(3) },
        _ => unsafe { rare(4) },
    }
}

// CHECK-LABEL: @bounds
// CHECK-NOT: !prof
// CHECK: panic_bounds_check
#[no_mangle]
pub fn bounds(a: &[u32], i: usize) -> u32 { a[i] }

// CHECK-LABEL: @loaded_reference
// CHECK: load ptr, ptr %{{.*}}, !align
#[no_mangle]
pub fn loaded_reference<'a>(a: &&'a u64) -> &'a u64 { *a }
