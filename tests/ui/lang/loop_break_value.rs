//@ run-pass
// `loop` yields the value of `break`; labels leave outer loops.
//> steps 111
//> block 1
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    let mut n = 27u64;
    let mut steps = 0;
    let found = 'outer: loop {
        loop {
            if n == 1 { break 'outer steps; }
            n = if n % 2 == 0 { n / 2 } else { 3 * n + 1 };
            steps += 1;
            if steps % 10 == 0 { break; }
        }
    };
    rt::show("steps", found);
    let block = 'b: { if found > 100 { break 'b 1; } 2 };
    rt::show("block", block);
    0
}
