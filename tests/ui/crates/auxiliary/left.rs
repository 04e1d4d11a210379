//@ aux-build: base.rs
//@ edition: 2015
// Edition 2015: `dyn` is a name, paths of `use` start at the crate, extern crate is needed.
#![no_std]
#[macro_use]
extern crate base;
pub use base::Point;
use base::VISIBLE;

pub fn dyn() -> u32 { 15 }
pub fn step() -> u32 {
    VISIBLE.fetch_add(1, ::core::sync::atomic::Ordering::Relaxed);
    ::base::count()
}
pub fn make() -> Point { point!(3) }
pub mod inner { pub fn origin() -> ::base::Point { point!(0, 0) } }
