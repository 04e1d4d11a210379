//@ check-fail
// #[repr(transparent)]: one variant, and at most one field that is more than a zero-sized type of alignment 1.
#![no_std]
#![crate_type = "lib"]
#![allow(unused)]
use core::marker::PhantomData;
#[repr(transparent)] struct A(u32, u8); //~ ERROR at most one field [E0690]
#[repr(transparent)] struct B<T: ?Sized>(PhantomData<T>, u8);
#[repr(transparent)] struct C<T>(T, T); //~ ERROR at most one field [E0690]
#[repr(transparent)] struct D([u8; 0], (), u64, Z<u16>);
#[repr(transparent)] struct E([u32; 0], u8); //~ ERROR at most one field [E0690]
#[repr(transparent)] enum F { A, B } //~ ERROR exactly one variant [E0731]
#[repr(transparent)] enum G { A(u8, u8) } //~ ERROR at most one field [E0690]
#[repr(transparent)] struct H;
struct Z<T>(PhantomData<T>, [(); 4]);
#[repr(transparent)] struct J<T>(Z<T>, T);
#[repr(align(2))] struct K;
#[repr(transparent)] struct L(K, u8); //~ ERROR at most one field [E0690]
enum One { X }
#[repr(transparent)] struct M(One, u8, [One; 5]);
