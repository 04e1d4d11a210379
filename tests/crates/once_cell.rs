//@ package: librust-once-cell-dev
//@ features: alloc,race
#![no_std]
#![no_main]
#[path = "../ui/support/rt_alloc.rs"]
#[macro_use]
mod rt;

extern crate alloc;
use alloc::{boxed::Box, string::String};
use once_cell::{race, unsync};
static N: race::OnceNonZeroUsize = race::OnceNonZeroUsize::new();
static B: race::OnceBox<String> = race::OnceBox::new();
#[no_mangle]
pub extern "C" fn main() -> i32 {
    let c = unsync::OnceCell::new();
    println!("{:?} {:?} {:?}", c.get(), c.set(3), c.set(4));
    println!("{} {:?}", c.get_or_init(|| 9), c);
    let l = unsync::Lazy::new(|| { println!("init"); 7 });
    println!("{} {}", *l, *l + 1);
    println!("{:?} {}", N.get(), N.get_or_init(|| core::num::NonZeroUsize::new(5).unwrap()));
    println!("{} {}", B.get_or_init(|| Box::new(String::from("boxed"))), B.get_or_init(|| Box::new(String::new())).len());
    println!("{:?}", c.get_or_try_init(|| Err::<i32, &str>("no")));
    println!("{:?}", unsync::OnceCell::<u8>::new().get_or_try_init(|| Err::<u8, &str>("no")));
    0
}
