//@ check-fail
// An impl that is more specific than another overlaps it all the same, unless the crate asks for specialisation.
#![no_std]
#![crate_type = "lib"]

trait Shown {}
impl<T: ?Sized> Shown for &T {}
impl Shown for &str {} //~ ERROR conflicting implementations [E0119]
trait Named { fn name(&self) -> u8; }
impl<T: Copy> Named for T { fn name(&self) -> u8 { 1 } }
impl Named for u8 { fn name(&self) -> u8 { 2 } } //~ ERROR conflicting implementations [E0119]
