//@ filecheck
//@ emit: llvm-ir
//@ compile-flags: -Copt-level=s
// For size nothing is inlined first: what calls nothing itself is left to its users, what calls a small function is here.
// CHECK-NOT: define{{.*}}left_
// CHECK: define {{.*}}here_calls_small(
// CHECK-NOT: define{{.*}}left_
#![no_std]
#![crate_type = "lib"]

pub fn left_small(x: u32) -> u32 {
    x ^ 1
}

pub fn here_calls_small(x: u32) -> u32 {
    x.wrapping_add(2)
}
