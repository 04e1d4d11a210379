//@ filecheck
//@ emit: mir
// A match on an enum is a switch on its discriminant.
// CHECK-LABEL: fn pick
// CHECK: discriminant(
// CHECK: switchInt(
#![no_std]
#![crate_type = "lib"]

pub fn pick(o: Option<u32>) -> u32 {
    match o {
        Some(n) => n,
        None => 0,
    }
}
