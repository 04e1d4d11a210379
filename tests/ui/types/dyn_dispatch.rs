//@ run-pass
// Trait objects: calls, default methods, generic methods with `where Self: Sized`, arrays of them.
//> dog 4
//> thing 0
//> 1
//> 8
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

trait Animal { fn legs(&self) -> i64; fn name(&self) -> &str { "thing" } fn gen<T>(&self, _: T) -> i64 where Self: Sized { 1 } }
struct Dog; struct Snake(i64);
impl Animal for Dog { fn legs(&self) -> i64 { 4 } fn name(&self) -> &str { "dog" } }
impl Animal for Snake { fn legs(&self) -> i64 { self.0 } }
fn describe(a: &dyn Animal) { rt::put(a.name()); rt::put(" "); rt::num(a.legs()); }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    let zoo: [&dyn Animal; 2] = [&Dog, &Snake(0)];
    for a in zoo { describe(a); }
    rt::num(Dog.gen(1u8));
    rt::num(core::mem::size_of_val(zoo[1]) as i64);
    0
}
