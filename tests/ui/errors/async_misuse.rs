//@ check-fail
// Async functions and blocks: awaiting outside of them and what is no future, outputs that differ, calling a future.
#![no_std]
#![crate_type = "lib"]
#![allow(unused)]
use core::future::Future;

fn outside() {
    async { 1 }
        .await; //~ ERROR only allowed inside [E0728]
}
async fn in_closure() {
    let f = || async { 1 }.await; //~ ERROR only allowed inside [E0728]
}
async fn in_constant() {
    const { async {}.await }; //~ ERROR only allowed inside [E0728]
}
async fn output() -> u8 { 1u16 } //~ ERROR mismatched types [E0308]
async fn no_future() { 5.await; } //~ ERROR [E0277]
async fn returned() -> u8 {
    if true { return 'a'; } //~ ERROR mismatched types [E0308]
    3
}
fn needs<T: Future<Output = u8>>(_: T) {}
fn callable<T: FnOnce() -> u8>(_: T) {}
fn used() {
    needs(async { 'a' }); //~ ERROR [E0271]
    callable(async { 1u8 }); //~ ERROR [E0277]
}
struct S(u8);
impl S {
    async fn two(a: &u8, b: &u8) -> &u8 { a } //~ ERROR missing lifetime specifier [E0106]
}
