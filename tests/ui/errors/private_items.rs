//@ check-fail
// Private functions, fields, methods, constructors and modules.
#![no_std]
#![crate_type = "lib"]

mod m {
    fn hidden() {}
    mod deep { pub fn f() {} }
    pub struct S { a: u8 }
    pub struct T(u8);
    impl S { fn m(&self) {} pub fn new() -> S { S { a: 1 } } }
}
pub fn f() {
    m::hidden();
    //~^ ERROR [E0603]
    m::deep::f();
    //~^ ERROR [E0603]
    let s = m::S::new();
    let _ = s.a;
    //~^ ERROR [E0616]
    s.m();
    //~^ ERROR [E0624]
    let _ = m::T(1);
    //~^ ERROR [E0603]
}
