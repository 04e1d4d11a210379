//@ check-fail
// Bounds that do not hold.
#![no_std]
#![crate_type = "lib"]

trait Tr {}
struct S;
fn need<T: Tr>(_: T) {}
fn copy<T: Copy>(_: T) {}
pub fn f() { need(S); copy(S); let _ = S == S; let _ = S + 1; }
//~^ ERROR [E0277]
//~| ERROR [E0369]
pub fn g<T>(t: T) -> T { let _ = t.clone(); t }
//~^ ERROR [E0599]
