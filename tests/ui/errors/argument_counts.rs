//@ check-fail
// Wrong numbers of arguments to functions, methods, closures and constructors.
#![no_std]
#![crate_type = "lib"]

pub struct T(u8, u8);
impl T { fn m(&self, _: u8) {} }
fn two(_: u8, _: u8) {}
pub fn f(t: T) {
    two(1);
    //~^ ERROR [E0061]
    two(1, 2, 3);
    //~^ ERROR [E0061]
    t.m();
    //~^ ERROR [E0061]
    let c = |x: u8| x;
    c(1, 2);
    //~^ ERROR [E0057]
    let _ = T(1);
    //~^ ERROR [E0061]
}
