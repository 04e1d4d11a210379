//@ check-pass
// `#[inline]` on what has no body does nothing and is only warned about; the warning is a lint that can be allowed.
#![no_std]
#![crate_type = "lib"]
#![deny(warnings)]
#![allow(unused_attributes, dead_code)]

pub trait T {
    #[inline]
    fn f(&self);
    #[inline(always)]
    const C: u8;
}
unsafe extern "C" {
    #[inline]
    fn h();
}
