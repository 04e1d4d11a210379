//@ run-pass
//@ opt-levels: 0 2
// `drop_in_place` as a function pointer, of types with and without something to drop: the glue that does nothing exists too.
//> two
//> drop two
//> end
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use core::ptr::drop_in_place;
use trace::say;

struct Table<T> {
    value: T,
    drop: Option<unsafe fn(*mut T)>,
}

impl<T> Table<T> {
    #[inline(never)]
    fn new(value: T) -> Self {
        Table { value, drop: Some(drop_in_place::<T>) }
    }
    #[inline(never)]
    fn clear(&mut self) {
        if let Some(drop) = self.drop.take() {
            unsafe { drop(&mut self.value) }
        }
    }
}

struct Loud(&'static str);
impl Drop for Loud {
    fn drop(&mut self) {
        say("drop two");
    }
}

fn run() {
    Table::new(1u32).clear();
    let mut t = core::mem::ManuallyDrop::new(Table::new(Loud("two")));
    say(t.value.0);
    t.clear();
    say("end");
}
