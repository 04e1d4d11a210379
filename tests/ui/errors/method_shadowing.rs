//@ check-fail
//@ compile-flags: --crate-type lib
//@ skip-oracle: the reference needs its feature attribute to look further than Deref
// A smart pointer's own method and one of its pointee that takes the pointer by reference: ambiguous, whether the pointer
// implements Deref or Receiver alone.
#![no_std]
use core::ops::{Deref, Receiver};
pub struct B;
impl B { pub fn by_ref(self: &P<Self>) {} pub fn by_mut(self: &mut P<Self>) {} pub fn same(self: P<Self>) {} pub fn deeper(self: &&P<Self>) {} }
pub struct P<T>(T);
impl<T> Receiver for P<T> { type Target = T; }
impl<T> P<T> { pub fn by_ref(self) {} pub fn by_mut(&self) {} pub fn same(self) {} pub fn deeper(self) {} pub fn own(&self) {} }
fn receiver_only() {
  P(B).by_ref(); //~ ERROR multiple applicable items [E0034]
  P(B).by_mut(); //~ ERROR multiple applicable items [E0034]
  P(B).same(); //~ ERROR multiple applicable items [E0034]
  P(B).deeper();
  P(B).own();
}
pub struct D<T>(T);
impl<T> Deref for D<T> { type Target = T; fn deref(&self) -> &T { &self.0 } }
impl<T> D<T> { pub fn m(self) {} pub fn n(self) {} }
pub struct A;
impl A { pub fn m(self: &D<Self>) {} pub fn n(&self) {} }
fn deref() {
  D(A).m(); //~ ERROR multiple applicable items [E0034]
  D(A).n(); // `&A` is reached by dereferencing: no shadowing
}
// A raw pointer on the way to the impl.
pub struct R<T>(T);
impl<T> Receiver for R<T> { type Target = *mut T; }
impl B { pub fn through_raw(self: *const R<Self>) {} }
fn raw(p: *mut R<B>) { p.through_raw() }
