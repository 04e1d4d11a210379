//@ build-fail
// Constants that a body names are evaluated wherever they stand: in code that is never reached, and in functions that only such code
// mentions, by whatever way. What follows a `return` is no part of a body.
#![no_std]
#![crate_type = "lib"]
#![allow(unreachable_code, path_statements)]

use core::marker::PhantomData;

pub struct By<T>(PhantomData<T>);
pub struct Call; pub struct Pointer; pub struct Unnamed; pub struct Closure; pub struct Drops; pub struct Method; pub struct Value;
pub struct Deep; pub struct Fine;

trait Name { const C: (); const TABLE: fn() = || (); }
impl Name for Call { const C: () = panic!("call"); }
//~^ ERROR call [E0080]
impl Name for Pointer { const C: () = panic!("pointer"); }
//~^ ERROR pointer [E0080]
impl Name for Unnamed { const C: () = panic!("unnamed"); }
//~^ ERROR unnamed [E0080]
impl Name for Closure { const C: () = panic!("closure"); }
//~^ ERROR closure [E0080]
impl Name for Drops { const C: () = panic!("drops"); }
//~^ ERROR drops [E0080]
impl Name for Method { const C: () = panic!("method"); }
//~^ ERROR method [E0080]
impl Name for Value { const C: () = panic!("value"); const TABLE: fn() = mentions::<Value>; }
//~^ ERROR value [E0080]
impl Name for Deep { const C: () = panic!("deep"); }
//~^ ERROR deep [E0080]
impl Name for Fine { const C: () = panic!("never evaluated"); }

fn mentions<T: Name>() {
    if false {
        let _ = T::C;
    }
}
fn returns<T: Name>() {
    return;
    T::C;
}
fn called<T: Name>() {
    if false {
        mentions::<T>();
    }
}

struct Guard<T: Name>(PhantomData<T>);
impl<T: Name> Drop for Guard<T> {
    fn drop(&mut self) {
        mentions::<T>();
    }
}
trait Dyn { fn method(&self); }
impl<T: Name> Dyn for By<T> {
    fn method(&self) {
        mentions::<T>();
    }
}

pub fn root(x: &By<Method>) {
    if false {
        called::<Call>();
        returns::<Fine>();
        let _pointer: fn() = mentions::<Pointer>;
        let _: fn() = mentions::<Unnamed>;
        let _closure: fn() = || mentions::<Closure>();
        let _guard = Guard::<Drops>(PhantomData);
        let _dyn: &dyn Dyn = x;
        <Value as Name>::TABLE();
        deep::<Deep>(3);
    }
}
fn deep<T: Name>(n: u32) {
    if n != 0 {
        deep::<T>(n - 1);
    } else if false {
        called::<T>();
    }
}
