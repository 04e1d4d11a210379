//@ package: librust-unicode-width-dev
#![no_std]
#![no_main]
#[path = "../ui/support/rt_alloc.rs"]
#[macro_use]
mod rt;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};
#[no_mangle]
pub extern "C" fn main() -> i32 {
    for c in ['a', '\0', '\n', '中', 'é', '\u{300}', '\u{ad}', '🙂'] { println!("{:?} {:?} {:?}", c, c.width(), c.width_cjk()); }
    println!("{} {}", "Ｈｅｌｌｏ, world".width(), "“x”".width_cjk());
    println!("{}", (0..0x20000u32).filter_map(char::from_u32).filter_map(|c| c.width()).sum::<usize>());
    0
}
