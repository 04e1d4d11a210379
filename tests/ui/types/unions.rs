//@ run-pass
// Unions: fields share storage, pattern matching on them, MaybeUninit.
//> 1065353216
//> 63
//> one
//> 5
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

#[repr(C)] union U { i: u32, f: f32, b: [u8; 4] }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    let u = U { f: 1.0 };
    unsafe {
        rt::num(u.i as i64);
        rt::num(u.b[3] as i64);
        match u { U { i: 0x3f80_0000 } => rt::line("one"), _ => rt::line("other") }
    }
    let mut m = core::mem::MaybeUninit::<[i64; 2]>::uninit();
    m.write([4, 5]);
    rt::num(unsafe { m.assume_init() }[1]);
    0
}
