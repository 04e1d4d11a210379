//@ check-pass
// Async functions and blocks, checked: their futures' outputs, lifetimes elided in them, awaiting, `?`, closures inside, captures.
#![no_std]
#![crate_type = "lib"]
use core::future::{Future, IntoFuture};
use core::pin::Pin;

pub async fn plain(x: u32) -> u32 { x + 1 }
pub async fn unit() {}
pub async fn waits(a: &u32, b: &mut u8) -> u32 {
    let r = plain(*a).await;
    unit().await;
    *b = 1;
    r
}
pub fn block() -> impl Future<Output = u8> { async { 3 } }
pub async fn generic<F, Fut>(f: F) -> u64 where F: Fn(&u8) -> Fut, Fut: Future<Output = u64> { f(&1).await }
pub struct S(u8);
impl S {
    pub async fn pinned(self: Pin<&Self>, _: &u8) -> &Self { self.get_ref() }
    pub async fn by_ref<'a>(&self, other: &'a u8) -> (&u8, &'a u8) { (&self.0, other) }
}
pub async fn question(r: Result<u8, ()>) -> Result<u8, ()> {
    let v = r?;
    let twice = |x: u8| x * 2;
    if v > 3 { return Err(()); }
    Ok(twice(v))
}
pub struct Later;
impl IntoFuture for Later {
    type Output = u8;
    type IntoFuture = core::future::Ready<u8>;
    fn into_future(self) -> Self::IntoFuture { core::future::ready(4) }
}
fn needs<T: Future<Output = u8>>(t: T) -> T { t }
pub fn blocks(x: &u8) {
    let _ = needs(async { 5 });
    let _ = needs(async { Later.await + *x });
    let y = *x;
    let _ = needs(async move { loop { break y } });
    let _ = async { needs(async { 1 }).await };
}
