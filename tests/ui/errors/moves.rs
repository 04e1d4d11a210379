//@ check-fail
//@ compile-flags: --crate-type lib
// Uses of variables that are not initialised or were moved, and moves out of what must stay whole.
#![no_std]
pub struct S(u8);
pub struct D(S);
impl Drop for D {
    fn drop(&mut self) {}
}
static STATIC: S = S(1);
fn take(_: S) {}
fn some() -> bool { true }

pub fn uninitialised() -> u8 {
    let x: u8;
    if some() {
        x = 1;
    }
    x //~ ERROR is possibly-uninitialized [E0381]
}
const UNINITIALISED: *const u32 = {
    let x;
    &x //~ ERROR isn't initialized [E0381]
};
pub fn initialised() -> u8 {
    let x;
    if some() { x = 1 } else { x = 2 }
    x
}
pub fn moved(s: S) {
    take(s);
    take(s); //~ ERROR use of moved value [E0382]
}
pub fn moved_in_part(p: (S, S)) {
    take(p.0);
    take(p.1);
    let _ = &p; //~ ERROR moved value [E0382]
}
pub fn moved_in_loop(s: S) {
    loop {
        take(s); //~ ERROR use of moved value [E0382]
    }
}
pub fn moved_and_given_back(mut s: S) {
    take(s);
    s = S(2);
    take(s);
}
pub fn moved_on_one_way(s: S) {
    if some() {
        take(s);
        return;
    }
    take(s);
}
pub fn out_of_static() {
    take(STATIC); //~ ERROR cannot move out of [E0507]
}
pub fn out_of_reference(s: &S, m: &mut S) {
    take(*s); //~ ERROR behind a shared reference [E0507]
    take(*m); //~ ERROR behind a mutable reference [E0507]
}
pub fn out_of_index(a: [S; 2], i: usize) {
    take(a[i]); //~ ERROR non-copy array [E0508]
}
pub fn out_of_droppable(d: D) {
    take(d.0); //~ ERROR implements the `Drop` trait [E0509]
}
pub fn copies(n: &u8, a: [u8; 2]) -> u8 {
    let x = *n;
    let y = x;
    x + y + a[0]
}
