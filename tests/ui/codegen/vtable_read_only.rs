//@ filecheck
//@ emit: llvm-ir
// A table of functions in a constant is read-only data with a pointer to the function.
// CHECK-DAG: constant {{.*}}ptr @{{.*}}open
#![no_std]
#![crate_type = "lib"]

#[repr(C)]
pub struct Ops {
    open: Option<extern "C" fn(u32) -> u32>,
    size: usize,
}
extern "C" fn open(x: u32) -> u32 {
    x
}
#[no_mangle]
pub extern "C" fn get() -> &'static Ops {
    const OPS: Ops = Ops { open: Some(open), size: 8 };
    &OPS
}
