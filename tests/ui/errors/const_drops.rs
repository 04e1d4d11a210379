//@ check-fail
//@ compile-flags: --crate-type lib
// A value that is moved in part may still have to be dropped, which constant functions cannot.
#![no_std]
pub struct Wrap<T>(T);
impl<T> Wrap<T> {
    pub const fn whole(self) -> Self { self }
    pub const fn part(self) -> T { self.0 } //~ ERROR destructor of [E0493]
    pub const fn forget(self) -> core::mem::ManuallyDrop<Self> { core::mem::ManuallyDrop::new(self) }
}
pub const fn dropped<T>(_x: T) {} //~ ERROR destructor of [E0493]
pub struct D;
impl Drop for D {
    fn drop(&mut self) {}
}
pub const MOVED_ON_BOTH_WAYS: Option<D> = {
    let _none: Option<D> = None;
    let x = Some(D);
    if true { x } else { x }
};
pub const MOVED_ON_ONE_WAY: Option<D> = {
    let y: Option<D> = None;
    let x = Some(D); //~ ERROR destructor of [E0493]
    if true { x } else { y }
};
pub const GIVEN_BACK: Option<D> = {
    let mut some = Some(D);
    let mut other = None;
    let mut i = 0;
    while i < 10 {
        other = some;
        some = None;
        some = other;
        other = None;
        i += 1;
    }
    some
};
const fn look(_: &mut Option<D>) {}
pub const BORROWED: Option<D> = {
    let mut x = None;
    look(&mut x);
    x
};
