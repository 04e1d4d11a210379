//@ check-fail
// Wrong numbers and kinds of generic arguments.
#![no_std]
#![crate_type = "lib"]

pub struct S<T>(T);
pub struct L<'a>(&'a u8);
fn id<T>(t: T) -> T { t }
pub fn f(_: S, _: S<u8, u8>) {}
//~^ ERROR [E0107]
pub fn g() { let _ = id::<u8, u8>(1); }
//~^ ERROR [E0107]
pub fn h(_: L<'static, 'static>) {}
//~^ ERROR [E0107]
