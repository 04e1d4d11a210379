//@ package: librust-percent-encoding-dev
//@ features: alloc
#![no_std]
#![no_main]
#[path = "../ui/support/rt_alloc.rs"]
#[macro_use]
mod rt;

extern crate alloc;
use percent_encoding::{percent_decode_str, utf8_percent_encode, AsciiSet, CONTROLS, NON_ALPHANUMERIC};
const FRAGMENT: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`');
#[no_mangle]
pub extern "C" fn main() -> i32 {
    println!("{}", utf8_percent_encode("foo <bar>", FRAGMENT));
    println!("{}", utf8_percent_encode("a b/é?", NON_ALPHANUMERIC).collect::<alloc::string::String>());
    println!("{:?}", percent_decode_str("foo%20bar%3f%zz").decode_utf8());
    println!("{:?}", percent_decode_str("%F0%9F%92%96").decode_utf8_lossy());
    println!("{}", percent_decode_str("%ff").decode_utf8().is_err());
    0
}
