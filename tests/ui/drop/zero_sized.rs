//@ run-pass
//@ opt-levels: 0
// Values without size are dropped like others, each once.
//> z
//> -- array rest
//> z
//> z
//> 5
//> p y
//> -- option
//> z
//> no size
//> round
//> z
//> z
//> z
//> called
//> end
//> z
//> z
//> p x
//> z
//> z
//> z
//> z
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

use core::marker::PhantomData;
struct Z;
impl Drop for Z { fn drop(&mut self) { say("z") } }
struct P<T: Name>(PhantomData<T>);
impl<T: Name> Drop for P<T> { fn drop(&mut self) { show1("p", T::N) } }
trait Name { const N: &'static str; }
struct X;
struct Y;
impl Name for X { const N: &'static str = "x"; }
impl Name for Y { const N: &'static str = "y"; }
struct Both<A: Name, B: Name> { a: P<A>, b: P<B> }
fn f(_z: Z) -> Z { Z }
fn run() {
    let _a = Z;
    let b = [Z, Z];
    let [c, _] = b;
    drop(c);
    say("-- array rest");
    f(Z);
    let d = (Z, 5, Z);
    let (_, n, _) = d;
    num(n);
    let both = Both { b: P::<Y>(PhantomData), a: P::<X>(PhantomData) };
    let Both { b: bb, .. } = both;
    drop(bb);
    say("-- option");
    let mut o = Some(Z);
    o = None;
    let _ = &o;
    let mut big = [const { None::<Z> }; 4];
    big[2] = Some(Z);
    say(if size_of::<[Z; 9]>() == 0 { "no size" } else { "size" });
    let it = [Z, Z, Z];
    for _z in it { say("round"); break }
    let cl = { let z = Z; move || { let _ = &z; say("called") } };
    cl();
    say("end");
}
