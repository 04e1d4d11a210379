//@ run-pass
// line!, column!, file!, stringify!, concat!, module_path!, cfg!, env-free built-ins.
//> 0
//> 13
//> a + b * (c - 1), "x"
//> n12.5ctrue
//> 1
//> 1
//> 1
//> 1
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

mod inner { pub fn path() -> &'static str { module_path!() } }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::num(line!() as i64 - line!() as i64);
    rt::num(column!() as i64);
    rt::line(stringify!(a + b * (c - 1), "x"));
    rt::line(concat!("n", 1, 2.5, 'c', true));
    rt::num(cfg!(target_arch = "x86_64") as i64 + cfg!(windows) as i64);
    rt::num(inner::path().ends_with("::inner") as i64);
    rt::num(file!().ends_with(".rs") as i64);
    assert!(1 < 2);
    assert_eq!(1 + 1, 2);
    debug_assert_ne!(1, 2);
    rt::num(matches!(Some(5), Some(1..=9)) as i64);
    0
}
