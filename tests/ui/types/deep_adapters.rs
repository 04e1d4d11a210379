//@ run-pass
// Each adapter asks for its inner one's item a few times: what a projection with variables is must be remembered, or the time doubles
// with every level.
//> 4
//> 31
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

fn fold(v: &[u32]) -> u32 {
    v.iter().copied()
        .map(|x| x ^ 0)
        .map(|x| x ^ 1)
        .map(|x| x ^ 2)
        .map(|x| x ^ 3)
        .map(|x| x ^ 4)
        .map(|x| x ^ 5)
        .map(|x| x ^ 6)
        .map(|x| x ^ 7)
        .map(|x| x ^ 8)
        .map(|x| x ^ 9)
        .map(|x| x ^ 10)
        .map(|x| x ^ 11)
        .map(|x| x ^ 12)
        .map(|x| x ^ 13)
        .map(|x| x ^ 14)
        .map(|x| x ^ 15)
        .map(|x| x ^ 16)
        .map(|x| x ^ 17)
        .map(|x| x ^ 18)
        .map(|x| x ^ 19)
        .map(|x| x ^ 20)
        .map(|x| x ^ 21)
        .map(|x| x ^ 22)
        .map(|x| x ^ 23)
        .map(|x| x ^ 24)
        .map(|x| x ^ 25)
        .map(|x| x ^ 26)
        .map(|x| x ^ 27)
        .fold(0, |a, b| a ^ b)
}

// The same through a trait of the crate's own, whose impl asks for equal inputs.
trait Parser {
    type Input;
    type Output;
    fn count(&self) -> i64;
    fn then<P>(self, p: P) -> Then<Self, P> where Self: Sized, P: Parser<Input = Self::Input> { Then(self, p) }
}
struct Token<T>(core::marker::PhantomData<T>);
impl<T> Parser for Token<T> { type Input = T; type Output = T; fn count(&self) -> i64 { 1 } }
struct Then<L, R>(L, R);
impl<L: Parser, R: Parser<Input = L::Input>> Parser for Then<L, R> {
    type Input = L::Input;
    type Output = (L::Output, R::Output);
    fn count(&self) -> i64 { self.0.count() + self.1.count() }
}
fn token<T>(_: Option<T>) -> Token<T> { Token(core::marker::PhantomData) }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::num(fold(&[1, 2, 7]).into());
    let some = Some(0);
    rt::num((token(some)).then(token(some)).then(token(some)).then(token(some)).then(token(some)).then(token(some)).then(token(some)).then(token(some)).then(token(some)).then(token(some)).then(token(some)).then(token(some)).then(token(some)).then(token(some)).then(token(some)).then(token(some)).then(token(some)).then(token(some)).then(token(some)).then(token(some)).then(token(some)).then(token(some)).then(token(some)).then(token(some)).then(token(some)).then(token(some)).then(token(some)).then(token(some)).then(token(some)).then(token(some)).then(token(some)).count());
    0
}
