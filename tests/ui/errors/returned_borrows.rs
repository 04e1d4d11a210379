//@ check-fail
//@ compile-flags: --crate-type lib
// References to variables that are gone when the body that returns them is left.
#![no_std]
pub fn local() -> &'static u8 {
    let x = 1;
    &x //~ ERROR cannot return reference to local variable `x` [E0515]
}
pub fn through_another<'a>(c: bool, other: &'a [u8]) -> &'a [u8] {
    let x = [1, 2];
    let r: &[u8] = &x;
    if c {
        return other;
    }
    r //~ ERROR [E0515]
}
pub fn part<'a>(mut p: (u8, u8)) -> &'a mut u8 {
    &mut p.0 //~ ERROR cannot return reference to [E0515]
}
pub fn not_the_variable<'a>(p: &'a (u8, u8), q: &'a mut [u8]) -> (&'a u8, &'a mut u8) {
    let r = &p;
    let s = q;
    (first(r), &mut s[0])
}
fn first<'a>(p: &&'a (u8, u8)) -> &'a u8 { &(**p).0 }
pub fn one_lifetime<'a>(p: &'a u8) -> &'a u8 {
    let x = 1;
    let mut r = &x;
    let y = *r;
    r = p;
    if y == 1 {
        return p;
    }
    r //~ ERROR [E0515]
}
pub const CONST: &u8 = {
    let x = 1;
    &x //~ ERROR `x` does not live long enough [E0597]
};
pub static STATIC: &[u8] = {
    let x: &'static [u8] = &[1];
    x
};
