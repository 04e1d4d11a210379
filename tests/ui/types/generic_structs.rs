//@ run-pass
// Generic types with bounds, methods on some instances only, nested generics.
//> 3
//> 7
//> 16
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

#[derive(Clone, Copy)]
struct Pair<A, B = A> { a: A, b: B }
impl<A, B> Pair<A, B> { fn swap(self) -> Pair<B, A> { Pair { a: self.b, b: self.a } } }
impl Pair<i64, i64> { fn sum(&self) -> i64 { self.a + self.b } }
impl<T: Copy + Into<i64>> Pair<T, bool> { fn gated(&self) -> i64 { if self.b { self.a.into() } else { 0 } } }
enum Tree<'a, T> { Leaf(T), Node(&'a Tree<'a, T>, &'a Tree<'a, T>) }
fn sum(t: &Tree<'_, i64>) -> i64 { match t { Tree::Leaf(v) => *v, Tree::Node(l, r) => sum(l) + sum(r) } }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::num(Pair { a: 1, b: 2i64 }.swap().sum());
    rt::num(Pair { a: 7i32, b: true }.gated());
    let (l, r) = (Tree::Leaf(5), Tree::Leaf(6));
    let n = Tree::Node(&l, &r);
    rt::num(sum(&Tree::Node(&n, &l)));
    0
}
