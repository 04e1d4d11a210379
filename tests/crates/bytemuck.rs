//@ package: librust-bytemuck-dev
//@ features: min_const_generics,extern_crate_alloc
#![no_std]
#![no_main]
#[path = "../ui/support/rt_alloc.rs"]
#[macro_use]
mod rt;

use bytemuck::{bytes_of, cast, cast_slice, from_bytes, pod_read_unaligned, try_cast_slice, try_from_bytes, Pod, Zeroable};
#[repr(C)]
#[derive(Clone, Copy, Debug)]
struct P { x: u16, y: u16, z: u32 }
unsafe impl Zeroable for P {}
unsafe impl Pod for P {}
#[no_mangle]
pub extern "C" fn main() -> i32 {
    let p = P { x: 1, y: 2, z: 0x01020304 };
    println!("{:?} {:?}", bytes_of(&p), P::zeroed());
    println!("{:x} {:?}", cast::<[u16; 2], u32>([1, 2]), cast_slice::<u32, u16>(&[0x10002, 3]));
    println!("{:?}", try_cast_slice::<u8, u32>(&bytes_of(&p)[..7]));
    println!("{:?} {:?}", from_bytes::<P>(bytes_of(&p)), try_from_bytes::<u32>(&[0; 3]));
    println!("{}", pod_read_unaligned::<u32>(&bytes_of(&p)[1..5]));
    println!("{:?}", bytemuck::allocation::zeroed_vec::<u16>(3));
    0
}
