//@ package: librust-subtle-dev
//@ features: i128
#![no_std]
#![no_main]
#[path = "../ui/support/rt_alloc.rs"]
#[macro_use]
mod rt;

use subtle::{Choice, ConditionallyNegatable, ConditionallySelectable, ConstantTimeEq, ConstantTimeGreater, ConstantTimeLess, CtOption};
#[no_mangle]
pub extern "C" fn main() -> i32 {
    println!("{} {}", 5u32.ct_eq(&5).unwrap_u8(), [1u8, 2].ct_eq(&[1, 3]).unwrap_u8());
    println!("{} {}", 9u64.ct_gt(&3).unwrap_u8(), 9u8.ct_lt(&3).unwrap_u8());
    let mut a = 7i32;
    a.conditional_negate(Choice::from(1));
    println!("{} {}", a, u128::conditional_select(&1, &u128::MAX, Choice::from(1)));
    let (mut x, mut y) = (1u16, 2);
    u16::conditional_swap(&mut x, &mut y, Choice::from(1));
    println!("{} {}", x, y);
    let o = CtOption::new(3u32, Choice::from(0)).or_else(|| CtOption::new(8, Choice::from(1)));
    println!("{} {:?}", o.unwrap_or(0), Option::from(o.map(|v| v * 2)).unwrap_or(0u32));
    println!("{:?}", bool::from(Choice::from(1) & !Choice::from(1)));
    0
}
