//@ filecheck
//@ emit: llvm-ir
//@ skip-oracle: rustc inlines MIR by other limits
//@ compile-flags: -O -C no-prepopulate-passes -Z ub-checks=n
// Small functions are lowered in the place of their calls, and those that nothing refers to any more are not made.
#![no_std]
#![crate_type = "lib"]

extern "Rust" {
    fn external(x: u32) -> u32;
}
fn wrapper(x: u32) -> u32 {
    unsafe { external(x + 1) }
}
#[track_caller]
fn place() -> u32 {
    core::panic::Location::caller().line()
}
// CHECK-LABEL: @plain(
// CHECK-NOT: call{{.*}}wrapper
// CHECK: call{{.*}} @external(
// CHECK: ret i32
#[no_mangle]
pub fn plain(x: u32) -> u32 {
    wrapper(x)
}

// CHECK-LABEL: @line(
// CHECK-NOT: call{{.*}}place
// CHECK: ret i32
#[no_mangle]
pub fn line() -> u32 {
    place()
}

fn down(n: u32) -> u32 {
    if n == 0 { 0 } else { up(n - 1) }
}
fn up(n: u32) -> u32 {
    down(n) + 1
}
// Functions that call each other end somewhere in a call.
// CHECK-LABEL: @mutual(
// CHECK: call{{.*}} @{{.*}}{{down|up}}
#[no_mangle]
pub fn mutual(n: u32) -> u32 {
    up(n)
}
// CHECK-NOT: define{{.*}}7wrapper
