//@ check-pass
//@ proc-macro: echo.rs
//@ compile-flags: --crate-type lib
// Attributes, derives and function-like macros in each place where they may stand, on what other macros captured, and made by each other.
#![no_std]
#![allow(unused, non_local_definitions)]
#[macro_use] extern crate echo;
use echo::{echo, rebuilt, Echo, Items};
macro_rules! pass { ($($t:tt)*) => { $($t)* } }
macro_rules! item { ($v:vis $n:ident $en:ident $body:ident $t:ty, $e:expr, $l:literal, $b:block, $p:pat, $lt:lifetime, $pa:path, $m:meta) => {
    #[echo($t, $e, $l, $p)] #[rebuilt] #[$m] $v struct $n<$lt, const N: usize = $b> { a: $t, b: [$pa; 2], c: &$lt u8 }
    #[derive(Echo, Items)] #[$m] $v enum $en { A = $e * 3, #[h(l = $l)] B }
    bang! { $v fn $body<$lt>(x: &$lt $t) -> i32 { let $p = $e * 4; if let $p = $l { $e } else $b } }
} }
item!(pub(crate) Ty En1 b1 (u8, i8), 1 + 1, 5, { 3 + 0 }, _x, 'z, core::option::Option<u8>, allow(dead_code));
item!(Ty2 En2 b2 &'static dyn Fn(u8) -> u8, -1, -5, { 3 }, (_y @ (7 | _)), 'y, u8, doc = "hi");
#[echo] mod inline { #![allow(x)] //! inner doc
    use super::*; #[rebuilt] pub const C: u8 = b'\x7f'; #[echo(a = "b" ; [1])] pub static S: &'static [u8] = b"\"q\n"; }
#[echo[x]] trait Tr: Copy + 'static where Self: Sized { #[rebuilt] const N: usize; #[echo] fn f(&self, #[allow(unused)] x: u8) {} type A<'a>: Clone where Self: 'a; pass! { } }
#[echo {}] impl Tr for u8 { #[rebuilt] const N: usize = 1 << 3 >> 1; type A<'a> = u8; }
#[rebuilt] extern "C" { #[echo] fn c(x: *const u8, ...); static EX: u8; }
#[echo] macro_rules! mr { ($a:expr) => { $a $crate::x }; }
#[echo] pass! { struct FromPass; }
#[echo] use core::mem::{self as m, swap,};
#[cfg_attr(all(), echo(1), cfg_attr(all(), rebuilt), doc = "c")] #[inline] fn cfgd(#[cfg(any())] a: u8, b: u16) -> impl Fn() -> u8 + 'static { move || { let r#type = 'x' as u8; r#type } }
/// Doc /* x */ "q" \ é
/** block * doc */
#[derive(Clone, Echo, Copy)] #[echo(after)] #[h] #[derive(Debug, Items)]
struct Der<T: Copy = u8>(#[h(1)] #[cfg_attr(all(), h(2))] T, #[cfg(all())] pub u8, #[cfg(any())] u16);
#[h2_is_not] #[cfg(any())] struct Gone;
fn stmts() {
    #[echo] struct Local { x: u8 }
    #[rebuilt] fn inner() {}
    bang! { let a = 1; let b = a + 2; }
    bang!(a; b);
    let bang!(Some(_) | None::<u8>): bang!(Option<u8>) = None else { return };
    let v = bang!(|x: &mut u8| -> u8 { *x += 1; *x <<= 2; x.wrapping_add(0x1F_u8) });
    let f = reparse!(1.0e3_f64 + 2. as f64 * -3.5) as i32 as f32 ..= reparse!(4f32);
    reparse! { 'outer: loop { break 'outer; } for i in 0..10 { continue } }
    match 1 { bang!(1..=2) => bang!(()), reparse!(3 | 4) => {}, _ => reparse!({}) }
    bang!(#[allow(unused)] if true { } else if 1 <= 2 && !false || (1, (2, 3)).1.0 == b {});

    let _ : bang!(pass!(u8));
    pass!(bang!(1 + pass!(2)); bang!(3););
    let _ = (bang!(r#"raw"#), bang!(r##"r#"##), bang!(br"x"), bang!(c"y"));
}
