//@ check-fail
// derive(CoercePointee) on structs whose fields do not fit: said once, of CoerceUnsized, at the derive.
#![no_std]
#![crate_type = "lib"]
#![feature(derive_coerce_pointee)]
#![allow(unused)]
use core::marker::{CoercePointee, PhantomData};
#[derive(CoercePointee)] //~ ERROR requires a field [E0374]
#[repr(transparent)]
struct Unchanged<#[pointee] T: ?Sized>(u64, PhantomData<T>);
#[derive(CoercePointee)] //~ ERROR multiple fields [E0375]
#[repr(transparent)]
struct Both<'a, #[pointee] T: ?Sized>(&'a T, &'a T); //~ ERROR at most one field [E0690]
struct Fixed<T: ?Sized>(*const T);
#[derive(CoercePointee)] //~ ERROR must be possible to coerce the field
#[repr(transparent)]
struct Holds<#[pointee] T: ?Sized>(Fixed<T>);
