//@ filecheck
//@ emit: llvm-ir
//@ compile-flags: -C no-prepopulate-passes
// No code is made for the arms of variants that cannot be, nor of what only they call: after `?` on an error that cannot be there is no conversion.
// CHECK-NOT: from_residual
// CHECK-NOT: define{{.*}}not_made
// CHECK-DAG: define{{.*}}made_for_values
// CHECK-NOT: from_residual
// CHECK-NOT: define{{.*}}not_made
#![no_std]
#![crate_type = "lib"]

pub enum Never {}
pub struct Error(pub u32);

impl From<Never> for Error {
    fn from(never: Never) -> Error {
        match never {}
    }
}

#[inline(never)]
fn certain(x: u32) -> Result<u32, Never> {
    Ok(x)
}

#[inline(never)]
fn not_made(x: u32) -> u32 {
    x + 1
}

#[inline(never)]
fn made_for_values(x: u32) -> u32 {
    x + 2
}

#[no_mangle]
pub fn question(x: u32) -> Result<u32, Error> {
    Ok(certain(x)? ^ 1)
}

// The variant that cannot be has a place in memory.
#[no_mangle]
pub fn with_more(r: Result<u32, (u32, Never)>, x: u32) -> u32 {
    match r {
        Ok(y) => made_for_values(y),
        Err(_) => not_made(x),
    }
}

#[repr(i8)]
pub enum Signed {
    Negative = -5,
    #[allow(dead_code)]
    Positive(Never) = 5,
}

#[no_mangle]
pub fn negative(s: Signed, x: u32) -> u32 {
    match s {
        Signed::Negative => made_for_values(x),
        Signed::Positive(_) => not_made(x),
    }
}
