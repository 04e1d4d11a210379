//@ filecheck
//@ emit: llvm-ir
//@ compile-flags: -Copt-level=0
// Without optimisation a small function is in its crate's own object, unless it is marked `#[inline]`.
// CHECK-NOT: define{{.*}}marked
// CHECK: define {{.*}}here_small(
// CHECK-NOT: define{{.*}}marked
#![no_std]
#![crate_type = "lib"]

pub fn here_small(x: u32) -> u32 {
    x ^ 1
}

#[inline]
pub fn marked(x: u32) -> u32 {
    x ^ 2
}
