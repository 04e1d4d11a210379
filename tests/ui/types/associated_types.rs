//@ run-pass
// Projections through generics, bounds on associated types, GATs.
//> 7
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

trait Container { type Item; type Ref<'a> where Self: 'a; fn get(&self) -> Self::Item; fn by_ref<'a>(&'a self) -> Self::Ref<'a>; }
struct One(i64);
impl Container for One { type Item = i64; type Ref<'a> = &'a i64; fn get(&self) -> i64 { self.0 } fn by_ref<'a>(&'a self) -> &'a i64 { &self.0 } }
fn use_it<C: Container>(c: &C) -> i64 where C::Item: Into<i64> { c.get().into() }
fn through<C>(c: &C) -> i64 where C: for<'a> Container<Ref<'a> = &'a i64> { *c.by_ref() }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::num(use_it(&One(3)) + through(&One(4)));
    0
}
