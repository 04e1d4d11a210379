//@ check-pass
// An arm for a type without values is not reported as unreachable: only where nothing at all can be matched.
#![no_std]
#![crate_type = "lib"]
#![deny(unreachable_patterns)]
use core::convert::Infallible;

pub enum Empty {}

pub fn result(r: Result<u8, Infallible>) -> Option<u8> {
    match r {
        Ok(v) => Some(v),
        Err(_) => None,
    }
}

pub fn never(r: Result<u8, !>) -> u8 {
    match r {
        Ok(v) => v,
        Err(e) => e,
    }
}

pub fn conversion(n: u8) -> Option<usize> {
    match usize::try_from(n) {
        Ok(n) => Some(n),
        Err(_) => None,
    }
}

pub fn nested(t: (u8, Option<Empty>)) -> u8 {
    match t {
        (0, None) => 1,
        (_, Some(_)) => 2,
        (n, None) => n,
    }
}
