//@ run-pass
//@ opt-levels: 0
// Drop glue by monomorphisation: the same generic function drops, or does not, by what it is given.
//> new a
//> new b
//> drop b
//> drop a
//> new c
//> drop c
//> new d
//> drop d
//> new assoc D
//> needs
//> drop assoc D
//> does not need
//> new 0
//> new 1
//> new 2
//> drop 0
//> drop 1
//> drop 2
//> 1
//> 2
//> new cond
//> drop cond
//> after
//> new cond2
//> after
//> drop cond2
//> after
//> new slot
//> new slot2
//> drop slot
//> reset
//> new oo
//> new od
//> drop oo
//> reset
//> new inner
//> drop guard
//> inner
//> drop inner
//> new p0
//> new p1
//> end
//> drop guard
//> drop p0
//> drop p1
//> drop od
//> drop slot2
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

struct Pair<A, B>(A, B);
struct Opt<T> { o: Option<T>, d: D }
trait Assoc { type T; fn make() -> Self::T; }
impl Assoc for i32 { type T = D; fn make() -> D { mk("assoc D") } }
impl Assoc for u8 { type T = i64; fn make() -> i64 { 8 } }
fn two<A, B>(a: A, b: B, first: bool) -> Pair<Option<A>, Option<B>> { if first { Pair(Some(a), None) } else { Pair(None, Some(b)) } }
fn assoc<T: Assoc>() { let _x = T::make(); say(if core::mem::needs_drop::<T::T>() { "needs" } else { "does not need" }); }
fn arr<T, const N: usize>(a: [T; N], n: usize) -> usize { let mut left = 0; for (i, x) in a.into_iter().enumerate() { if i == n { break } drop(x); left += 1 } left }
fn cond<T>(t: T, c: bool) { if c { drop(t) } say("after"); }
fn reset<T>(slot: &mut T, t: T) { *slot = t; say("reset"); }
fn inner<T>(t: T) -> impl FnOnce() -> T { let g = D("guard"); move || { let _ = &g; t } }
fn run() {
    two(mk("a"), mk("b"), true);
    two(1, mk("c"), true);
    two(mk("d"), "e", false);
    assoc::<i32>();
    assoc::<u8>();
    num(arr([mk("0"), mk("1"), mk("2")], 1) as i64);
    num(arr([1, 2, 3], 2) as i64);
    cond(mk("cond"), true);
    cond(mk("cond2"), false);
    cond(5, true);
    let mut s = mk("slot");
    reset(&mut s, mk("slot2"));
    let mut o = Opt { o: Some(mk("oo")), d: mk("od") };
    reset(&mut o.o, None);
    let f = inner(mk("inner"));
    say(f().0);
    let _unused = inner(Pair(mk("p0"), mk("p1")));
    say("end");
    let _ = &o.d;
}
