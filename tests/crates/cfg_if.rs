//@ package: librust-cfg-if-dev
#![no_std]
#![no_main]
#[path = "../ui/support/rt_alloc.rs"]
#[macro_use]
mod rt;

cfg_if::cfg_if! {
    if #[cfg(windows)] { fn os() -> &'static str { "windows" } }
    else if #[cfg(all(unix, target_pointer_width = "64"))] { fn os() -> &'static str { "unix64" } }
    else { fn os() -> &'static str { "other" } }
}
#[no_mangle]
pub extern "C" fn main() -> i32 {
    cfg_if::cfg_if! { if #[cfg(feature = "nothing")] { let x = 1; } else { let x = 2; } }
    println!("{} {}", os(), x);
    0
}
