//@ run-pass
// Labels of asm! in loops, closures and const-generic functions, with outputs in every block, with drops on the way, with no other way out, and as
// static keys use them: a table in a section of its own that names both ends of the branch.
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

use core::arch::asm;
use core::cell::Cell;

fn outputs(x: u64) -> (u64, u64, u64) {
    let a: u64;
    let b: u64;
    let mut c = x;
    unsafe {
        asm!(
            "mov {0}, 5", "mov {1}, 6", "add {2}, 1", "cmp {3}, 0", "je {4}", "cmp {3}, 1", "je {5}",
            out(reg) a, out(reg) b, inout(reg) c, in(reg) x,
            label { return (a, b, c + 100); },
            label { return (a + 1, b + 1, c + 200); },
        );
    }
    (a, b, c)
}

fn in_loop(n: u64) -> u64 {
    let mut sum = 0;
    'outer: loop {
        for i in 0..n {
            unsafe {
                asm!("test {0}, 1", "jnz {1}", in(reg) i, label { continue; });
                asm!("cmp {0}, 6", "ja {1}", in(reg) i, label { break 'outer; });
            }
            sum += i;
        }
        sum += 1000;
    }
    sum
}

fn in_closure(n: u64) -> u64 {
    let f = |x: u64| -> u64 {
        let mut r = 1;
        unsafe { asm!("cmp {0}, 3", "jb {1}", in(reg) x, label { r = 2; }) }
        r
    };
    f(n) * 10 + f(n + 3)
}

fn generic<const N: u32>(x: u32) -> u32 {
    unsafe { asm!("cmp {0:e}, {1}", "je {2}", in(reg) x, const N, label { return N * 2; }) }
    N
}

struct Count<'a>(&'a Cell<u32>);
impl Drop for Count<'_> {
    fn drop(&mut self) {
        self.0.set(self.0.get() + 1);
    }
}
fn drops(x: u64, c: &Cell<u32>) -> u64 {
    let _outer = Count(c);
    unsafe { asm!("test {0}, {0}", "jz {1}", in(reg) x, label { let _inner = Count(c); return 1; }) }
    2
}

#[repr(C)]
struct Key {
    enabled: u64,
    entries: u64,
}
static KEY: Key = Key { enabled: 0, entries: 0 };
macro_rules! static_branch {
    ($key:path, $offset:expr) => {
        'branch: {
            unsafe {
                asm!(
                    "2: .byte 0x0f, 0x1f, 0x44, 0x00, 0x00",
                    ".pushsection __jump_table, \"aw\"",
                    ".balign 8",
                    ".long 2b - .",
                    ".long {0} - .",
                    ".quad {1} + {2} - .",
                    ".popsection",
                    label { break 'branch true; },
                    sym $key,
                    const $offset,
                )
            };
            false
        }
    };
}

fn no_other_way(x: u64) -> u64 {
    unsafe { asm!("test {0}, {0}", "jz {1}", "jmp {2}", in(reg) x, label { return 3; }, label { return 4; }, options(noreturn)) }
}

fn falls_through(x: u64) -> u64 {
    let r: u64;
    unsafe { asm!("mov {1}, 9", "test {0}, {0}", "jz {2}", "mov {1}, 10", in(reg) x, out(reg) r, label {}) }
    r
}

#[unsafe(no_mangle)]
extern "C" fn main() -> i32 {
    assert!(outputs(0) == (5, 6, 101) && outputs(1) == (6, 7, 202) && outputs(7) == (5, 6, 8));
    assert!(in_loop(20) == 12);
    assert!(in_closure(1) == 21);
    assert!(generic::<7>(7) == 14 && generic::<7>(8) == 7);
    let c = Cell::new(0);
    assert!(drops(0, &c) == 1 && c.get() == 2 && drops(1, &c) == 2 && c.get() == 3);
    assert!(!static_branch!(KEY, core::mem::offset_of!(Key, entries)));
    assert!(KEY.enabled == KEY.entries);
    assert!(no_other_way(0) == 3 && no_other_way(1) == 4);
    assert!(falls_through(0) == 9 && falls_through(1) == 10);
    0
}
