//@ check-fail
//@ compile-flags: --crate-type lib
// Constants in patterns are compared part by part, which their types must allow.
#![no_std]
struct Plain;
#[derive(PartialEq)]
struct Derived(u8);
struct Manual(u8);
impl PartialEq for Manual {
    fn eq(&self, _: &Manual) -> bool { true }
}
#[derive(PartialEq)]
struct Pointer(*const Plain);
union U { a: u8 }

const PLAIN: &Plain = &Plain;
const DERIVED: &Derived = &Derived(1);
const MANUAL: Manual = Manual(1);
const ADDRESS: *const u8 = &0;
const INTEGER: *const u8 = 8 as *const u8;
const NULL: &Pointer = &Pointer(core::ptr::null());
const FUNCTION: fn() = f;
const UNION: U = U { a: 1 };
static mut MUTABLE: u8 = 1;
static FIXED: u8 = 1;
const TO_MUTABLE: &u8 = unsafe { &*(&raw const MUTABLE) };
const TO_FIXED: &u8 = &FIXED;
fn f() {}

pub fn patterns(d: &Derived, p: *const u8, n: &Pointer) {
    match &Plain { PLAIN => {} } //~ ERROR constant of non-structural type
    match d { DERIVED => {} _ => {} }
    match Manual(1) { MANUAL => {} _ => {} } //~ ERROR constant of non-structural type
    match p { ADDRESS => {} _ => {} } //~ ERROR behave unpredictably
    match p { INTEGER => {} _ => {} }
    match n { NULL => {} _ => {} }
    match FUNCTION { FUNCTION => {} _ => {} } //~ ERROR behave unpredictably
    match UNION { UNION => {} _ => {} } //~ ERROR cannot use unions
    match &2 { TO_MUTABLE => {} _ => {} } //~ ERROR cannot be used as pattern
    match &2 { TO_FIXED => {} _ => {} }
}

struct Raw<const P: *const u8>; //~ ERROR using raw pointers as const generic parameters
struct Adt<const P: Plain>; //~ ERROR is forbidden as the type of a const generic parameter
