//@ package: librust-unicode-xid-dev
#![no_std]
#![no_main]
#[path = "../ui/support/rt_alloc.rs"]
#[macro_use]
mod rt;

use unicode_xid::UnicodeXID;
#[no_mangle]
pub extern "C" fn main() -> i32 {
    for c in ['a', '_', '1', 'é', '中', ' ', '\u{300}', '𝒜'] {
        println!("{:?} {} {}", c, c.is_xid_start(), c.is_xid_continue());
    }
    println!("{}", (0..0x11000u32).filter_map(char::from_u32).filter(|c| c.is_xid_start()).count());
    println!("{:?}", unicode_xid::UNICODE_VERSION);
    0
}
