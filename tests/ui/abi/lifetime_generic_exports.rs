//@ build-pass
//@ compile-flags: --crate-type lib
// Public functions of a library that are generic over lifetimes only are code of that library: their parameters have arguments.
#![no_std]

pub struct Part<'a> {
    text: &'a str,
}

impl<'a> Part<'a> {
    pub fn len(&self) -> usize {
        self.text.len()
    }
    pub fn longer<'b>(&'b self, other: &'b Part<'a>) -> &'b Part<'a> {
        if self.len() < other.len() { other } else { self }
    }
}

pub fn early<'a: 'a>(x: &'a u8) -> &'a u8 {
    x
}
