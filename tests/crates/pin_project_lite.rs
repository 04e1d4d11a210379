//@ package: librust-pin-project-lite-dev
#![no_std]
#![no_main]
#[path = "../ui/support/rt_alloc.rs"]
#[macro_use]
mod rt;

use core::pin::Pin;
use pin_project_lite::pin_project;
pin_project! {
    #[derive(Debug)]
    struct S<T, U> where U: Copy { #[pin] a: T, b: U }
}
pin_project! {
    #[project = EP]
    enum E<T> { One { #[pin] x: T }, Two { y: u8 } }
}
impl<T, U: Copy> S<T, U> { fn get(self: Pin<&mut Self>) -> (Pin<&mut T>, &mut U) { let p = self.project(); (p.a, p.b) } }
#[no_mangle]
pub extern "C" fn main() -> i32 {
    let mut s = S { a: 1u32, b: 2u8 };
    { let (mut a, b) = Pin::new(&mut s).get(); a.set(10); *b += 5; }
    println!("{:?} {}", s, Pin::new(&s).project_ref().b);
    for mut e in [E::One { x: 3u16 }, E::Two { y: 4 }] {
        match Pin::new(&mut e).project() { EP::One { x } => println!("one {}", *x), EP::Two { y } => println!("two {}", y) }
    }
    0
}
