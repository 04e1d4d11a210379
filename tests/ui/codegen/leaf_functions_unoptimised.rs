//@ filecheck
//@ emit: llvm-ir
//@ compile-flags: -Copt-level=0
// Without optimisation a small function is in its crate's own object, unless it is marked `#[inline]` or
// takes or returns a float that not all back ends know.
// CHECK-NOT: define{{.*}}marked
// CHECK: define {{.*}}here_small(
// CHECK-NOT: define{{.*}}marked
#![no_std]
#![crate_type = "lib"]
#![feature(f16, f128)]

pub fn here_small(x: u32) -> u32 {
    x ^ 1
}

#[inline]
pub fn marked(x: u32) -> u32 {
    x ^ 2
}

pub fn marked_by_parameter(x: f16) -> bool {
    x > 1.0
}

pub fn marked_by_result(x: u8) -> f128 {
    x as f128
}
