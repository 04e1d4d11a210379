//@ run-pass
//@ edition: 2021
// Names that glob imports bring through chains and cycles of modules: asked for before a macro makes them, shadowed, brought
// twice, more visible the second time, and without a name.
//> 1 2 3
//> 4 44 5
//> 6 7 8
//> 9 10
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

struct Out;
impl core::fmt::Write for Out {
    fn write_str(&mut self, s: &str) -> core::fmt::Result { rt::put(s); Ok(()) }
}
macro_rules! println { ($($t:tt)*) => {{ use core::fmt::Write; let _ = writeln!(Out, $($t)*); }}; }
macro_rules! make { ($name:ident, $value:expr) => { pub fn $name() -> u32 { $value } }; }
macro_rules! make_module { ($m:ident, $name:ident, $value:expr) => { pub mod $m { make!($name, $value); } pub use $m::*; }; }

// A cycle of three, in which each finds the others' names.
mod a { pub use super::b::*; make!(one, 1); pub fn sum() -> u32 { one() + two() + three() } }
mod b { pub use super::c::*; make!(two, 2); }
mod c { pub use super::a::*; make_module!(inner, three, 3); pub(super) fn of_c() -> u32 { sum() } }

// What a module has itself comes before what its globs bring, and is what others get of it.
mod shadowed { make!(four, 40); make!(other, 44); }
mod shadowing { pub use crate::shadowed::*; make!(four, 4); }
mod user { use super::shadowing::*; pub fn all() -> (u32, u32) { (four(), other()) } }

// The same thing by two ways, one of them private.
mod deep { make!(five, 5); }
mod narrow { pub(crate) use crate::deep::*; mod nested { #[allow(unused_imports)] use crate::deep::*; } }
mod twice { #[allow(unused_imports)] use crate::narrow::*; pub use crate::deep::*; }

// Enumerations, traits and the globs of blocks.
pub enum Kind { Six = 6, Seven }
mod traits {
    pub trait Hidden { fn eight(&self) -> u32 { 8 } }
    impl Hidden for u32 {}
    pub mod named { pub trait Nine { fn nine(&self) -> u32 { 9 } } impl Nine for u32 {} }
}
mod unnamed { pub use crate::traits::Hidden as _; pub use crate::traits::named::*; }
mod methods { use super::unnamed::*; pub fn call(x: u32) -> (u32, u32) { (x.eight(), x.nine()) } }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    println!("{} {} {}", b::one(), a::two(), { use a::*; three() });
    let (four, other) = user::all();
    println!("{} {} {}", four, other, twice::five());
    let (six, seven) = { use Kind::*; (Six as u32, Seven as u32) };
    println!("{} {} {}", six, seven, methods::call(0).0);
    println!("{} {}", methods::call(0).1, { use c::*; of_c() + sum() - 2 });
    0
}
