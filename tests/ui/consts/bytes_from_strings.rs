//@ run-pass
// Byte arrays built from strings at compile time, as module information is.
//> 184
//> license=GPL
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

const fn bytes<const N: usize>(s: &str) -> [u8; N] { let b = s.as_bytes(); let mut out = [0; N]; let mut i = 0; while i < N { out[i] = b[i]; i += 1; } out }
static INFO: [u8; 11] = bytes("license=GPL");

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::num(INFO[0] as i64 + INFO[10] as i64);
    rt::line(core::str::from_utf8(&INFO).unwrap_or("bad"));
    0
}
