//@ run-pass
// Every fragment specifier is accepted and forwarded.
//> 28
//> 19
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

macro_rules! item { ($i:item) => { $i }; }
macro_rules! ty { ($t:ty) => { core::mem::size_of::<$t>() as i64 }; }
macro_rules! pat { ($p:pat, $e:expr) => { match $e { $p => 1, _ => 0 } }; }
macro_rules! blk { ($b:block) => { $b }; }
macro_rules! stm { ($s:stmt) => { $s; }; }
macro_rules! lt { ($l:lifetime, $e:expr) => { $l: loop { break $l $e; } }; }
macro_rules! lit { ($l:literal) => { $l }; }
macro_rules! pth { ($p:path) => { $p(3) }; }
macro_rules! tts { ($($t:tt)*) => { $($t)* }; }
macro_rules! vis { ($v:vis fn $n:ident) => { $v fn $n() -> i64 { 6 } }; }
macro_rules! meta { ($(#[$m:meta])* $n:ident) => { $(#[$m])* fn $n() -> i64 { 2 } }; }
item! { fn it() -> i64 { 1 } }
vis! { pub(crate) fn v }
meta! { #[inline] #[allow(dead_code)] mt }
fn idt(x: i64) -> i64 { x }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::num(it() + ty!([u16; 4]) + pat!(1 | 2, 2) + blk!({ 10 }) + v() + mt());
    stm!(let q = 5);
    rt::num(q + lt!('a, 7) + lit!(-3) + pth!(self::idt) + tts!(1 + 2 * 3));
    0
}
