//@ filecheck
//@ emit: llvm-ir
//@ compile-flags: -O -Crelocation-model=static -Ccode-model=kernel
// With the static relocation model no address comes from a global offset table, whoever defines the symbol: a kernel has none.
// A thread-local of another object may be another library's.
// CHECK-DAG: declare dso_local {{.*}}@foreign()
// CHECK-DAG: @foreign_data = external dso_local
// CHECK-DAG: @foreign_local = external thread_local global
// CHECK-DAG: define weak dso_local {{.*}}@weak()
// CHECK-DAG: define {{.*}}dso_local {{.*}}@address_of_own()
#![no_std]
#![crate_type = "lib"]
#![feature(linkage, thread_local)]

extern "C" {
    fn foreign();
    static foreign_data: u8;
    #[thread_local]
    static foreign_local: u8;
}

#[no_mangle]
#[linkage = "weak"]
pub extern "C" fn weak() {}

#[no_mangle]
pub extern "C" fn address_of_foreign() -> usize {
    foreign as *const () as usize
}
#[no_mangle]
pub extern "C" fn address_of_data() -> usize {
    &raw const foreign_data as usize
}
#[no_mangle]
pub extern "C" fn address_of_own() -> usize {
    address_of_foreign as *const () as usize
}
#[no_mangle]
pub extern "C" fn address_of_weak() -> usize {
    weak as *const () as usize
}
#[no_mangle]
pub extern "C" fn address_of_local() -> usize {
    unsafe { &raw const foreign_local as usize }
}
