//@ check-fail
//@ edition: 2024
//@ compile-flags: --crate-type lib
// A statement that drops what must be used: by its type, by the function that was called, by being an operation made for its value.
#![no_std]
#![deny(unused_must_use)]
extern crate alloc;
use alloc::boxed::Box;
use core::{ops::ControlFlow, pin::Pin};

#[must_use] pub struct Guard;
#[must_use = "it is \"lazy\""] pub trait Lazy { #[must_use] fn force(&self) -> u8; }
pub trait Lazier: Lazy {}
impl Lazy for u8 { fn force(&self) -> u8 { *self } }
impl Lazier for u8 {}
#[must_use] pub fn size() -> usize { 1 }
pub enum Never {}
fn result<E>() -> Result<(), E> { Ok(()) }
fn never() -> Result<u8, Never> { Ok(1) }
fn flow() -> ControlFlow<u8> { ControlFlow::Break(1) }
fn sure() -> ControlFlow<Never> { ControlFlow::Continue(()) }
fn boxed() -> Box<Guard> { Box::new(Guard) }
fn pinned() -> Pin<&'static u8> { Pin::new(&1) }
fn hidden() -> impl Lazier { 1u8 }
fn object() -> Box<dyn Lazy> { Box::new(1u8) }
fn array<const N: usize>() -> [Guard; N] { [const { Guard }; N] }
macro_rules! given { ($e:expr) => { $e; } }
macro_rules! tail { () => { size() } }

pub fn types() -> Result<(), ()> {
    Guard; //~ ERROR unused `Guard` that must be used [unused_must_use]
    result::<u8>(); //~ ERROR unused `Result` [unused_must_use]
    result::<Never>();
    never(); //~ ERROR unused `Result` [unused_must_use]
    flow(); //~ ERROR unused `ControlFlow` [unused_must_use]
    sure();
    boxed(); //~ ERROR unused boxed `Guard` [unused_must_use]
    pinned();
    hidden(); //~ ERROR unused implementer of `Lazy` [unused_must_use]
    object(); //~ ERROR unused boxed `Lazy` trait object [unused_must_use]
    array::<2>(); //~ ERROR unused array of `Guard` [unused_must_use]
    array::<0>();
    (1, Guard); //~ ERROR unused `Guard` in tuple element 1 [unused_must_use]
    || 1; //~ ERROR unused closure [unused_must_use]
    async { 1 }; //~ ERROR unused implementer of `Future` [unused_must_use]
    if size() == 1 { Guard } else { Guard }; //~ ERROR unused `Guard` [unused_must_use]
    result::<()>()?;
    let _ = Guard;
    drop(Guard);
    Ok(())
}
pub fn calls(x: u8) {
    size(); //~ ERROR unused return value of `size` that must be used [unused_must_use]
    x.force(); //~ ERROR unused return value of `Lazy::force` [unused_must_use]
    <u8 as Lazy>::force(&x); //~ ERROR unused return value of `Lazy::force` [unused_must_use]
    given!(size()); //~ ERROR unused return value of `size` [unused_must_use]
    tail!(); //~ ERROR unused return value of `size` [unused_must_use]
    { size() }; //~ ERROR unused return value of `size` [unused_must_use]
    let f = size;
    f();
    let _g = || { size(); }; //~ ERROR unused return value of `size` [unused_must_use]
}
pub fn operations(x: u8) {
    x == 1; //~ ERROR unused comparison that must be used [unused_must_use]
    x + 1; //~ ERROR unused arithmetic operation [unused_must_use]
    x > 1 && x < 3; //~ ERROR unused logical operation [unused_must_use]
    x << 1; //~ ERROR unused bitwise operation [unused_must_use]
    !x; //~ ERROR unused unary operation [unused_must_use]
    &x; //~ ERROR unused borrow [unused_must_use]
}
pub fn allowed() {
    #[allow(unused_must_use)]
    size();
    #[expect(unused)]
    {
        size();
        fn inside() { size(); }
        inside();
    }
    {
        #![allow(unused)]
        fn inside() { size(); }
        inside();
    }
    fn beside() { size(); } //~ ERROR unused return value [unused_must_use]
    beside();
}
