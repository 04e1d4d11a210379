//@ filecheck
//@ emit: llvm-ir
//@ compile-flags: -C no-prepopulate-passes
// What a `const fn` names is for the outside, although nobody else can name it: others evaluate it. That of other functions is not.
// CHECK-DAG: define i32 @{{.*}}named_by_const_fn
// CHECK-DAG: define i32 @{{.*}}at_compile_time
// CHECK-DAG: define i32 @{{.*}}at_run_time
// CHECK-DAG: define internal i32 @{{.*}}named_by_fn
#![feature(core_intrinsics, const_eval_select)]
#![allow(internal_features)]
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

pub const fn selects() -> i32 {
    core::intrinsics::const_eval_select((5,), at_compile_time, at_run_time)
}

#[inline(never)]
const fn at_compile_time(x: i32) -> i32 {
    x
}

#[inline(never)]
fn at_run_time(x: i32) -> i32 {
    x
}
