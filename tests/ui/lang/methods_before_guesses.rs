//@ run-pass
// A `Deref` impl for one instance of a type decides on the instance only when a method behind it is called.
//> 1
//> 2
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;
use core::ops::Deref;

trait First { fn first(&self) { rt::num(1) } }
trait Second { fn second(&self) { rt::num(2) } }
struct Foo<T>(#[allow(dead_code)] T);
impl First for Foo<u32> {}
impl Deref for Foo<()> {
    type Target = dyn First;
    fn deref(&self) -> &(dyn First + 'static) { loop {} }
}
impl Second for u32 {}
struct Bar<T>(#[allow(dead_code)] T, u32);
impl Deref for Bar<u8> {
    type Target = dyn Second;
    fn deref(&self) -> &(dyn Second + 'static) { &self.1 }
}

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    let (mut foo, mut bar) = (None, None);
    let mut first = true;
    loop {
        if !first {
            let (f, b): (&Option<Foo<_>>, &Option<Bar<_>>) = (&foo, &bar);
            f.as_ref().unwrap().first();
            b.as_ref().unwrap().second();
            break;
        }
        foo = Some(Foo(0));
        bar = Some(Bar(Default::default(), 0));
        first = false;
    }
    0
}
