//@ package: librust-crc32fast-dev
//@ depends: cfg_if
#![no_std]
#![no_main]
#[path = "../ui/support/rt_alloc.rs"]
#[macro_use]
mod rt;

#[no_mangle]
pub extern "C" fn main() -> i32 {
    println!("{:08x}", crc32fast::hash(b"123456789"));
    let mut h = crc32fast::Hasher::new();
    for i in 0..500u32 { h.update(&i.to_be_bytes()); }
    let mut g = crc32fast::Hasher::new();
    g.update(b"more");
    h.combine(&g);
    println!("{:08x} {:08x}", h.clone().finalize(), crc32fast::Hasher::new_with_initial(5).finalize());
    0
}
