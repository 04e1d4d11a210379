//@ check-fail
// What constants, statics and const functions may not do: calls, pointer tests, borrows that would outlive the evaluation, destructors.
#![no_std]
#![crate_type = "lib"]
use core::cell::Cell;

fn plain() -> i32 { 1 }
trait T { fn m(&self) -> i32; }
impl T for i32 { fn m(&self) -> i32 { *self } }
struct D(i32);
impl Drop for D { fn drop(&mut self) {} }

const CALL: i32 = plain(); //~ ERROR [E0015]
static CALL_S: i32 = plain(); //~ ERROR [E0015]
const fn call() -> i32 {
    plain() //~ ERROR [E0015]
}
const METHOD: i32 = 5i32.m(); //~ ERROR [E0015]
const ARRAY: [i32; { plain(); 3 }] = [0; 3]; //~ ERROR [E0015]
const fn pointer(f: fn() -> i32) -> i32 {
    f() //~ ERROR function pointer calls
}
const fn address(p: *const i32) -> usize {
    p as usize //~ ERROR pointers cannot be cast
}
const fn same(a: *const i32, b: *const i32) -> bool {
    a == b //~ ERROR pointers cannot be
}

const CELL: &Cell<i32> = &Cell::new(1); //~ ERROR [E0492]
const NO_CELL: &Option<Cell<i32>> = &None;
const fn in_fn() -> i32 { let c = Cell::new(1); let r = &c; r.get() }
const MUTABLE: &mut i32 = &mut 1; //~ ERROR [E0764]
static MUTABLE_S: Option<&'static mut i32> = Some(&mut 4); //~ ERROR [E0764]
static mut ALLOWED: &mut i32 = &mut 4;
const TRANSIENT: i32 = { let mut x = 1; let r = &mut x; *r += 1; x };

const fn drops(_d: D) {} //~ ERROR [E0493]
const fn forgets(d: D) { core::mem::forget(d) }
const fn generic<X>(x: Option<X>) -> i32 { //~ ERROR [E0493]
    match x { Some(_) => 1, None => 2 }
}
const FIELD: i32 = D(3).0; //~ ERROR [E0493]
const NONE: Option<D> = { let n: Option<D> = None; let _m = 1; n };
const fn in_loop(n: i32) -> i32 {
    let mut i = 0;
    while i < n {
        plain(); //~ ERROR [E0015]
        i += 1;
    }
    i
}
const fn bounded<R: core::ops::Deref<Target = i32>>(r: &R) -> i32 { **r } //~ ERROR in constant functions [E0015]
macro_rules! twice { () => { plain() } } //~ ERROR [E0015]
//~^ ERROR [E0015]
static IN_MACROS: (i32, i32) = (
    twice!(),
    twice!(),
);
