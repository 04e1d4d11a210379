//@ check-pass
// What an `async fn` without a body promises is `impl Future<Output = T>`.
#![no_std]
#![crate_type = "lib"]
#![allow(async_fn_in_trait)]
use core::future::Future;

pub trait Driver {
    async fn probe(&self, id: u32) -> Result<u8, ()>;
    async fn remove(&mut self);
}

pub fn start<D: Driver>(d: &D) -> impl Future<Output = Result<u8, ()>> + '_ {
    d.probe(7)
}

pub fn takes<F: Future<Output = ()>>(_: F) {}

pub fn stop<D: Driver>(d: &mut D) {
    takes(d.remove());
}
