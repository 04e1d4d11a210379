//@ check-fail
//@ compile-flags: --crate-type lib
// Inherent items of one name: in one impl, in two impls of one type, in impls that fit a common type.
#![no_std]
struct A;
impl A { fn f(&self) {} fn f(&self) {} } //~ ERROR duplicate definitions with name `f` [E0592]
struct B;
impl B { fn g() {} } //~ ERROR duplicate definitions with name `g` [E0592]
impl B { fn g() {} const H: u8 = 1; }
struct C<T>(T);
impl C<u8> { fn k() {} }
impl C<u16> { fn k() {} }
impl<T> C<T> { fn l() {} } //~ ERROR duplicate definitions with name `l` [E0592]
impl C<u8> { fn l() {} }
trait Never {}
impl<T: Never> C<T> { fn m() {} }
impl C<*const T1> { fn m() {} }
struct T1;
fn args() { 0u8.clone::<T = u8>(); } //~ ERROR associated item constraints are not allowed here [E0229]
fn outer() { fn pattern(x: u8) { let Self = x; } } //~ ERROR cannot find unit struct, unit variant or constant `Self` [E0531]
