//@ package: librust-static-assertions-dev
#![no_std]
#![no_main]
#[path = "../ui/support/rt_alloc.rs"]
#[macro_use]
mod rt;

#[macro_use]
extern crate static_assertions;
trait Shape {}
struct Unit;
impl Shape for Unit {}
assert_impl_all!(u32: Send, Sync, Copy);
assert_not_impl_any!(*const u8: Send, Sync);
assert_eq_size!(u64, [u32; 2], (u32, u32));
assert_eq_align!(u16, i16);
const_assert!(core::mem::size_of::<Option<&u8>>() == 8);
const_assert_eq!(1 + 1, 2);
assert_type_eq_all!(u8, <[u8; 4] as core::ops::Index<usize>>::Output);
assert_obj_safe!(Shape);
#[allow(dead_code)]
struct Fields { a: u8, b: u16 }
assert_fields!(Fields: a, b);
assert_trait_sub_all!(Copy: Clone);
assert_impl_one!(Unit: Shape, Clone);
#[no_mangle]
pub extern "C" fn main() -> i32 {
    assert_eq_size_val!(1u32, [0u8; 4]);
    assert_cfg!(unix);
    println!("all hold");
    0
}
