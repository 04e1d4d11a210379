//@ filecheck
//@ emit: llvm-ir
//@ compile-flags: -C no-prepopulate-passes
// A library's object holds what the value of a constant holds, and not what computed it.
#![no_std]
#![crate_type = "lib"]

pub struct Code(i32);

const fn computes(code: i32) -> Option<Code> {
    if code < -4095 || code >= 0 {
        return None;
    }
    let mut i = 0;
    while i < 10 {
        i += computes_too(i);
    }
    Some(Code(code))
}
const fn computes_too(i: i32) -> i32 {
    if i > 300 {
        panic!("too far")
    }
    i * 3 + 1
}
pub const FIRST: Code = match computes(-1) {
    Some(code) => code,
    None => Code(0),
};

fn is_held(x: i32) -> i32 {
    x.wrapping_mul(other(x))
}
fn other(x: i32) -> i32 {
    x.wrapping_add(1)
}
pub const HELD: (u8, Option<&fn(i32) -> i32>) = (1, Some(&(is_held as fn(i32) -> i32)));

// CHECK-NOT: computes
// CHECK: define i32 @{{.*}}is_held
// CHECK-NOT: computes
