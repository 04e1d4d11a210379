//@ filecheck
//@ emit: llvm-ir
//@ skip-oracle: rustc folds conditions in MIR, by other rules
//@ compile-flags: -C opt-level=2 -C no-prepopulate-passes
// What a condition is known to be when the code that computes it was lowered in place of a call is decided at once: no branch on a
// constant is left, nothing that is not reached, and no function that was only called there.
#![no_std]
#![crate_type = "lib"]

#[inline(always)]
const fn checks() -> bool {
    false
}

#[inline(never)]
fn never_called(_: u32) -> u32 {
    unsafe { core::ptr::read_volatile(&17) }
}

#[inline(always)]
fn either(on: bool, x: u32) -> bool {
    if on { checks() } else { x > 100 && checks() && x < 1000 }
}

// CHECK-LABEL: define{{.*}} @known(
// CHECK-NOT: br i1 {{true|false}}
// CHECK-NOT: switch i{{[0-9]+}} {{[0-9]+}},
// CHECK-NOT: {{never_called|precondition_check}}
// CHECK: ret i32
#[no_mangle]
pub fn known(x: u32) -> u32 {
    if checks() && either(true, x) {
        return never_called(x);
    }
    match either(true, x) as u32 + 1 {
        2 => never_called(x),
        _ => x + 1,
    }
}

// Both ways lead to the same constant.
// CHECK-LABEL: define{{.*}} @both(
// CHECK-NOT: br i1 {{true|false}}
// CHECK-NOT: switch i{{[0-9]+}} {{[0-9]+}},
// CHECK-NOT: {{never_called|precondition_check}}
// CHECK: ret i32
#[no_mangle]
pub fn both(x: u32, way: bool) -> u32 {
    let on = if way { checks() } else { false };
    if on { never_called(x) } else { x }
}

// A variable that a loop changes is not what it was before the loop.
// CHECK-LABEL: define{{.*}} @changes(
// CHECK: load i8
// CHECK: br i1 %
#[no_mangle]
pub fn changes(x: u32) -> u32 {
    let mut first = true;
    let mut i = 0;
    while i < x {
        if !first {
            return i;
        }
        first = false;
        i += 1;
    }
    x
}

// An inlined function that does not come back.
// CHECK-LABEL: define{{.*}} @diverges(
// CHECK: unreachable
#[no_mangle]
pub fn diverges(x: u32) -> u32 {
    #[inline(always)]
    fn stops(on: bool) -> u32 {
        if !on {
            panic!("stopped");
        }
        1
    }
    x + stops(checks())
}

// CHECK-LABEL: define{{.*}} @asserts(
// CHECK-NOT: br i1 {{true|false}}
// CHECK-NOT: switch i{{[0-9]+}} {{[0-9]+}},
// CHECK-NOT: {{never_called|precondition_check}}
// CHECK: ret i32
#[no_mangle]
pub unsafe fn asserts(slice: &[u32], i: usize) -> u32 {
    unsafe { *slice.get_unchecked(i) }
}
