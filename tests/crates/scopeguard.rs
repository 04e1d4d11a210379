//@ package: librust-scopeguard-dev
#![no_std]
#![no_main]
#[path = "../ui/support/rt_alloc.rs"]
#[macro_use]
mod rt;

use scopeguard::{defer, guard, ScopeGuard, Always};
#[no_mangle]
pub extern "C" fn main() -> i32 {
    defer! { println!("deferred"); }
    {
        let mut g = guard([1, 2, 3], |a| println!("guard {:?}", a));
        g[0] = 9;
        println!("inside {}", g.len());
    }
    let g = guard(5, |_| println!("never"));
    println!("into {}", ScopeGuard::into_inner(g));
    let s = ScopeGuard::<_, _, Always>::with_strategy(7, |x| println!("strategy {}", x));
    println!("{}", *s + 1);
    0
}
