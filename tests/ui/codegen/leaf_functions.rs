//@ filecheck
//@ emit: llvm-ir
//@ compile-flags: -O
// With optimisation, a public function that is small and calls nothing once what is small is inlined into it is left to those who use
// it; assertions are no calls. What calls, has a name of its own, or asks not to be inlined is here.
// CHECK-NOT: define{{.*}}left_
// CHECK-DAG: define {{.*}}@named_small(
// CHECK-DAG: define {{.*}}here_never(
// CHECK-DAG: define {{.*}}here_calls(
// CHECK-DAG: define {{.*}}here_drops(
// CHECK-DAG: define {{.*}}here_trait_method(
// CHECK-DAG: define {{.*}}here_of_costly(
// CHECK-NOT: define{{.*}}left_
#![no_std]
#![crate_type = "lib"]

pub fn left_xor(x: u32) -> u32 {
    x ^ 1
}

pub fn left_branch(x: u32) -> u32 {
    if x > 7 { x.wrapping_mul(2) } else { x.wrapping_add(9) }
}

pub fn left_of_leaves(x: u32) -> u32 {
    left_xor(x) ^ left_branch(x)
}

pub fn left_index(a: &[u32], i: usize) -> u32 {
    a[i]
}

pub fn left_division(x: u32, y: u32) -> u32 {
    x / y
}

pub fn left_shift() -> u32 {
    u32::MAX << 21
}

pub struct Place<'a> {
    pub name: &'a str,
    pub line: u32,
}

pub fn left_comparison(x: &Place<'_>, y: &Place<'_>) -> bool {
    x.line == y.line && x.name == y.name
}

pub struct Flags(pub bool, pub bool, pub bool, pub bool);

pub fn left_costly(x: Flags, y: Flags) -> Flags {
    Flags(x.0 && !y.0, x.1 && !y.1, x.2 && !y.2, x.3 && !y.3)
}

// Small enough to be left, and too large to be inlined: a call remains.
pub fn here_of_costly(x: Flags, y: Flags) -> Flags {
    left_costly(x, y)
}

#[unsafe(no_mangle)]
pub fn named_small(x: u32) -> u32 {
    x ^ 2
}

#[inline(never)]
pub fn here_never(x: u32) -> u32 {
    x ^ 3
}

pub fn here_calls(x: u32) -> u32 {
    here_never(x)
}

pub struct Guard<'a>(&'a mut u32);

impl Drop for Guard<'_> {
    #[inline(never)]
    fn drop(&mut self) {
        *self.0 = 1;
    }
}

pub fn here_drops(g: Guard<'_>) -> u32 {
    *g.0
}

pub trait Shape {
    fn here_trait_method(&self) -> u32;
}

impl Shape for u32 {
    fn here_trait_method(&self) -> u32 {
        here_never(*self)
    }
}
