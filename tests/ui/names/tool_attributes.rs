//@ filecheck
//@ emit: llvm-ir
//@ compile-flags: -C symbol-mangling-version=v0 -C no-prepopulate-passes
// An item with an attribute of a tool comes into being when macros are expanded, and is counted after those without.
#![no_std]
#![crate_type = "lib"]

pub struct Type;

// CHECK-DAG: @_RNvNvMs_C{{.*}}_15tool_attributes{{.*}}7skipped4HERE = {{.*}}c"second"
#[rustfmt::skip]
impl Type {
    pub fn skipped() -> &'static [u8; 6] {
        static HERE: [u8; 6] = *b"second";
        &HERE
    }
}

// CHECK-DAG: @_RNvNvMC{{.*}}_15tool_attributes{{.*}}5plain4HERE = {{.*}}c"first_"
impl Type {
    pub fn plain() -> &'static [u8; 6] {
        static HERE: [u8; 6] = *b"first_";
        &HERE
    }
}

// The derived impl is in front of it.
// CHECK-DAG: @_RNvNvMs1_C{{.*}}_15tool_attributes{{.*}}7derived4HERE = {{.*}}c"third_"
#[clippy::any]
#[derive(Clone)]
pub struct Derived;

#[rustfmt::skip]
#[inline]
pub fn function() -> Derived {
    Derived.clone()
}

#[rustfmt::skip]
macro_rules! implementation {
    () => {
        impl Derived {
            pub fn derived() -> &'static [u8; 6] {
                static HERE: [u8; 6] = *b"third_";
                &HERE
            }
        }
    };
}
implementation!();
