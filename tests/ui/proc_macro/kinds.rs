//@ run-pass
//@ proc-macro: kinds.rs
//@ aux-build: reexport.rs
// Derives with helper attributes, attributes and function-like macros: what they get, and where their output goes.
//> /// Documented.
//> #[helper(a, b = "c")] #[repr(C)] struct Plain
//> {
//>     #[helper] one: u8, #[cfg(all())] #[other] kept: [u8; 3], #[helper(x)]
//>     #[other] two: u8, three: u8,
//> }
//> #[allow(dead_code)] #[repr(u16)] enum Variants { #[helper] B(u16) = 1, C = 2 }
//> (1 + 1, x) #[inline] /// Adds.
//> #[must_use] pub fn add(a: u8, #[cfg(any())] b: u8) -> u8 { a + 1 }
//> 10
//> 15
//> 6
//> 106
//> "a1"
//> -1
//> no literal
//> no literal
//> "a2true"
//> akinds::same!(r#fn"b"'c'd)
//> unset
//> 42
//> 19
//> 1
//> 1
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

extern crate reexport;
use kinds::{items, Input};

/// Documented.
#[derive(Clone, Input)]
#[helper(a, b = "c")]
#[repr(C)]
struct Plain {
    #[helper] one: u8,
    #[cfg(any())] gone: Vec<u8, (u8, u8)>,
    #[cfg(all())] #[other] kept: [u8; 3],
    #[cfg_attr(all(), helper(x), other)] two: u8,
    #[cfg_attr(any(), helper(x))] three: u8,
}

#[derive(kinds::Input)]
#[allow(dead_code)]
#[repr(u16)]
enum Variants { #[cfg(any())] A { x: u8 }, #[helper] B(#[cfg(any())] u8, u16) = 1, C = 2 }

impl Plain {
    fn sum(&self) -> u8 { self.one + self.kept[0] + self.two + self.three }
}

mod shown {
    #[inline]
    #[kinds::shown(1 + 1, x)]
    /// Adds.
    #[cfg_attr(all(), must_use)]
    pub fn add(a: u8, #[cfg(any())] b: u8) -> u8 { a + 1 }
}

#[kinds::removed]
fn removed() { does_not_exist() }

#[kinds::rename(renamed)]
fn old(x: u32) -> u32 { x }

struct S;
#[allow(dead_code)]
trait Tr { #[kinds::rename(fresh)] fn old(&self) -> u32 { 3 } }
impl Tr for S {}
impl S { #[kinds::rename(own)] fn old() -> u32 { 4 } }

items! {}

fn hygiene() -> i32 {
    let hidden = 1;
    kinds::give!();
    kinds::add_hidden!(hidden) + given
}

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::line(Plain::INPUT);
    rt::line(Variants::INPUT);
    rt::line(shown::SHOWN);
    let _ = shown::add(1);
    rt::num(Plain { one: 1u8, kept: [2; 3], two: 3, three: 4 }.sum() as i64);
    rt::num((renamed(1) + S.fresh() + S::own() + made!().get()) as i64);
    let x: kinds::same!([u8; 2]) = [5, 6];
    let kinds::same!([y, _]) = x;
    kinds::same! { let z = y + 1; rt::num(z as i64); }
    rt::num(hygiene() as i64);
    rt::line(kinds::expanded!(concat!("a", 1)));
    rt::line(kinds::expanded!(-1));
    rt::line(kinds::expanded!((true)));
    rt::line(kinds::expanded!(1 + 1));
    rt::line(kinds::expanded!(concat!(kinds::same!("a"), kinds::expanded!(kinds::same!(2)), kinds::same!(kinds::same!(true)))));
    rt::line(concat!(kinds::same!("a"), stringify!(kinds::same!(r#fn"b"'c'd))));
    rt::line(kinds::tracked!());
    rt::num(reexport::number!() as i64);
    rt::num(reexport::Derived::INPUT.len() as i64);
    // A dependency is what it was when it was compiled, though its macros would make something else now.
    rt::num((reexport::STAMP != 0) as i64);
    rt::num((reexport::STAMP == reexport::stamp_in_object()) as i64);
    0
}
