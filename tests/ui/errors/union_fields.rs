//@ check-fail
//@ compile-flags: --crate-type lib
// Fields of unions must not need dropping: they are Copy, references, ManuallyDrop, or made of such.
#![no_std]
use core::mem::ManuallyDrop;
pub struct Plain(u8);
trait Same { type It; }
impl<T> Same for T { type It = T; }
pub union Good<'a, T: Copy, U> {
    copied: T,
    reference: &'a mut Plain,
    kept: ManuallyDrop<U>,
    parts: (T, [&'a U; 2], ManuallyDrop<Plain>),
    normalised: <u8 as Same>::It,
}
pub union OfPlain {
    copied: u8,
    plain: Plain, //~ ERROR to be used in a union [E0740]
    other: Plain,
}
pub union OfParameter<T> {
    parameter: T, //~ ERROR to be used in a union [E0740]
}
pub union OfTuple {
    parts: (u8, Plain), //~ ERROR to be used in a union [E0740]
}
