//@ check-fail
//@ compile-flags: --crate-type lib
// Lifetimes of impls: methods may ask for no more than their trait promises, and traits for 'static types are for no others.
#![no_std]
use core::{any::Any, pin::Pin};
pub trait Method<'t> {
    fn other<'a>(&self, x: &'a u32) -> &'a u32;
    fn pinned<'a>(self: Pin<&Self>, x: &'a u32) -> &'a u32;
    fn exact<'a>(x: &'a mut &'t u32) -> &'t u32;
    fn longer<'a, 'b: 'a>(x: &'a u32, y: &'b u32) -> &'a u32;
    fn any<'a>(x: &'a u32, y: &'a u32) -> &'a u32;
    fn object(x: &mut dyn Fn(&u32) -> &u32);
    fn within<'a, 'b>(x: &'a &'b u32) -> &'a u32;
}
pub struct S;
impl<'t> Method<'t> for S {
    fn other(&self, _: &u32) -> &u32 { &1 } //~ ERROR `impl` item signature doesn't match `trait` item signature
    fn pinned(self: Pin<&Self>, _: &u32) -> &'static u32 { &1 }
    fn exact<'a>(x: &'a mut &'t u32) -> &'t u32 { *x }
    fn longer<'a, 'b: 'a>(_: &'a u32, y: &'b u32) -> &'a u32 { y }
    fn any<'a, 'b>(x: &'a u32, _: &'b u32) -> &'a u32 { x }
    fn object(_: &mut dyn Fn(&u32) -> &u32) {}
    fn within<'a, 'b>(x: &'a &'b u32) -> &'b u32 { *x }
}
pub struct T<'t>(&'t u32);
impl<'t> Method<'t> for T<'t> {
    fn other<'a>(&self, x: &'a u32) -> &'a u32 { x }
    fn pinned<'a>(self: Pin<&Self>, x: &'a u32) -> &'a u32 { x }
    fn exact<'a>(_: &'a mut &'a u32) -> &'t u32 { &1 } //~ ERROR `impl` item signature doesn't match `trait` item signature
    fn longer<'a, 'b: 'a>(x: &'a u32, _: &'b u32) -> &'a u32 { x }
    fn any<'a>(x: &'a u32, _: &'a u32) -> &'a u32 { x }
    fn object(_: &mut dyn Fn(&u32) -> &u32) {}
    fn within<'a, 'b>(x: &'a &'b u32) -> &'a u32 { *x }
}
pub trait Static: 'static {}
pub trait Sub: Static {}
impl Static for &'static u8 {}
impl<T: Any> Static for [T; 1] {}
impl<'a: 'static> Static for (&'a u8,) {}
impl<'a> Static for (&'a u8, u8) {} //~ ERROR lifetime bound not satisfied [E0478]
//~^ ERROR conflicting requirements [E0803]
impl<T> Static for [T; 2] {} //~ ERROR the parameter type `T` may not live long enough [E0310]
impl<T: 'static> Static for [T; 3] {}
impl<T: 'static> Sub for [T; 3] {}
pub trait Of<T: 'static> {}
impl<'a> Of<&'a u8> for S {} //~ ERROR lifetime bound not satisfied [E0478]
impl Of<&'static u16> for S {}
impl<T: Static> Of<T> for T {}
