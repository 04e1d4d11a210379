//@ check-fail
//@ compile-flags: --crate-type lib
//@ skip-oracle: variants and slices are behind feature gates there
// What offset_of! rejects: names that are no fields, private fields, variants without a field, tails whose alignment is not known.
#![no_std]
use core::mem::offset_of;

mod m {
    pub struct Private { a: u8, pub b: Inner }
    pub struct Inner { c: u16 }
}
enum E { Tuple(u8, u16), Record { x: u32 } }
struct Tail<T: ?Sized> { head: u8, tail: T }
union U { a: u8, b: (u16, u32) }

pub fn fields() {
    offset_of!(m::Private, a); //~ ERROR private [E0616]
    offset_of!(m::Private, b);
    offset_of!(m::Private, b.c); //~ ERROR private [E0616]
    offset_of!(E, Tuple.1);
    offset_of!(E, Record.x);
    offset_of!(E, Tuple); //~ ERROR is an enum variant [E0795]
    offset_of!(E, Tuple.2); //~ ERROR no field [E0609]
    offset_of!(E, Missing.0); //~ ERROR no variant named [E0599]
    offset_of!(U, b.1);
    offset_of!(U, c); //~ ERROR no field [E0609]
    offset_of!((u8, u16), 2); //~ ERROR no field [E0609]
    offset_of!(u8, a); //~ ERROR no field [E0609]
}

pub fn tails<T: ?Sized>() {
    offset_of!(Tail<[u32]>, tail);
    offset_of!(Tail<Tail<[u8]>>, tail.tail);
    offset_of!((u8, [u16]), 1);
    offset_of!(Tail<str>, tail); //~ ERROR cannot be known [E0277]
    offset_of!(Tail<dyn Send>, tail); //~ ERROR cannot be known [E0277]
    offset_of!(Tail<T>, tail); //~ ERROR cannot be known [E0277]
    offset_of!(Tail<T>, head);
}
