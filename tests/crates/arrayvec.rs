//@ package: librust-arrayvec-dev
#![no_std]
#![no_main]
#[path = "../ui/support/rt_alloc.rs"]
#[macro_use]
mod rt;

use arrayvec::{ArrayString, ArrayVec};
struct D(u32);
impl Drop for D { fn drop(&mut self) { println!("drop {}", self.0); } }
#[no_mangle]
pub extern "C" fn main() -> i32 {
    let mut v = ArrayVec::<u32, 5>::new();
    v.extend([5, 3, 4]);
    v.push(1);
    println!("{:?} {}", v, v.remaining_capacity());
    println!("{:?}", v.try_push(9));
    println!("{:?}", v.try_push(10));
    v.sort_unstable();
    println!("{:?} {:?} {:?}", v.pop(), v.remove(0), v.swap_remove(0));
    v.retain(|x| *x > 3);
    println!("{:?}", v);
    println!("{:?}", v.drain(..).collect::<ArrayVec<u32, 5>>());
    let mut d: ArrayVec<D, 4> = (1..5).map(D).collect();
    d.truncate(3);
    drop(d.into_iter().next());
    let mut s = ArrayString::<8>::from("ab").unwrap();
    s.push_str("cde");
    println!("{}", s);
    println!("{:?} {}", s.try_push_str("fghi"), s.is_full());
    println!("{:?}", ArrayVec::from([1u8, 2]).into_inner());
    0
}
