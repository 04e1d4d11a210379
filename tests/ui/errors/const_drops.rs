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
