//@ check-fail
// Closures that are not what is asked for: kind, number and types of arguments; trait paths that do not say whose.
#![no_std]
#![crate_type = "lib"]

pub struct Owned;
fn take(_: Owned) {}
fn callable<F: Fn()>(_: F) {}
fn on_u32<F: Fn(u32)>(_: F) {}
pub trait Make { fn make() -> u32; }

pub fn kind(o: Owned) {
    let c = move || take(o);
    //~^ ERROR [E0525]
    callable(c);
}
pub fn count() {
    on_u32(|| ());
    //~^ ERROR [E0593]
}
pub fn types() {
    on_u32(|_: i32| ());
    //~^ ERROR [E0631]
}
pub fn whose() {
    let _ = Make::make();
    //~^ ERROR [E0790]
}
