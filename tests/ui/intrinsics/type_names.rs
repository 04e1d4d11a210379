//@ run-pass
// core::any::type_name: paths begin with the crate's name; constructors, closures and functions say what they are; regions are
// said only where they are bound.
//> type_names::m::Pair::{{constructor}}
//> type_names::m::Pair
//> type_names::m::Either<u8>::Left::{{constructor}}
//> type_names::m::Either<u16>
//> type_names::main
//> type_names::name_of<u8>
//> type_names::main::{{closure}}
//> <type_names::m::Either<u8> as type_names::m::Named>::f::Inner
//> <type_names::m::Either<u8> as type_names::m::Named>::f::{{closure}}
//> type_names::m::Either<u8>::g<u16>
//> type_names::m::Consts<3, true, 'x', -4>
//> dyn type_names::m::Named<Bar = i32> + core::marker::Send
//> dyn core::marker::Send + core::marker::Sync + core::marker::Unpin
//> dyn core::ops::function::Fn(&'_ i32) -> &'_ i32
//> fn(&'_ i32, &'_ i8) -> &'_ i32
//> core::slice::iter::Iter<'_, u8>
//> &str
//> core::option::Option<u8>::Some::{{constructor}}
//> type_names::main::{{closure}}::Inner
//> type_names::main::{{closure}}::{{closure}}
//> core::ops::control_flow::ControlFlow<u8>::break_value
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

use core::any::type_name;

fn name_of<T>(_: &T) {
    rt::line(type_name::<T>())
}

mod m {
    pub struct Pair(pub f32);
    pub enum Either<T> { Left(T), Right }
    pub trait Named {
        type Bar;
        fn f(&self);
    }
    impl Named for Either<u8> {
        type Bar = u8;
        fn f(&self) {
            struct Inner;
            super::name_of(&Inner);
            let c = || 1;
            super::name_of(&c);
        }
    }
    impl Either<u8> {
        pub fn g<T>(&self) {}
    }
    pub struct Consts<const N: usize, const B: bool, const C: char, const I: i8>;
}

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    name_of(&m::Pair);
    name_of(&m::Pair(1.0));
    name_of(&m::Either::Left::<u8>);
    name_of(&m::Either::Right::<u16>);
    name_of(&main);
    name_of(&name_of::<u8>);
    name_of(&|| 3);
    m::Named::f(&m::Either::Right::<u8>);
    name_of(&m::Either::<u8>::g::<u16>);
    name_of(&m::Consts::<3, true, 'x', -4>);
    rt::line(type_name::<dyn m::Named<Bar = i32> + Send>());
    rt::line(type_name::<dyn Sync + Send + Unpin>());
    rt::line(type_name::<dyn for<'a> Fn(&'a i32) -> &'a i32>());
    rt::line(type_name::<for<'a> fn(&'a i32, &i8) -> &'a i32>());
    name_of(&[1u8].iter());
    name_of(&"");
    name_of(&Some::<u8>);
    let in_closure = || {
        struct Inner;
        name_of(&Inner);
        name_of(&|| 5);
    };
    in_closure();
    name_of(&core::ops::ControlFlow::<u8>::break_value);
    0
}
