//@ filecheck
//@ emit: llvm-ir
//@ compile-flags: -C no-prepopulate-passes
// What a `const fn` names is for the outside, although nobody else can name it: others evaluate it. That of other functions is not.
// CHECK-DAG: define i32 @{{.*}}named_by_const_fn
// CHECK-DAG: define internal i32 @{{.*}}named_by_fn
#![no_std]
#![crate_type = "lib"]

pub const fn answer() -> i32 {
    named_by_const_fn(3)
}

#[inline(never)]
const fn named_by_const_fn(x: i32) -> i32 {
    x
}

#[inline(never)]
pub fn asks() -> i32 {
    named_by_fn(4)
}

#[inline(never)]
fn named_by_fn(x: i32) -> i32 {
    x
}
