//@ check-fail
// Impls of CoerceUnsized and DispatchFromDyn: what is coerced is one field of a struct, and it lives long enough; auto traits of trait objects.
#![no_std]
#![crate_type = "lib"]
#![feature(coerce_unsized, dispatch_from_dyn, unsize)]
#![allow(unused)]
use core::any::Any;
use core::marker::{PhantomData, Unsize};
use core::ops::{CoerceUnsized, DispatchFromDyn};

struct NoField<T: ?Sized>(PhantomData<T>);
impl<T: ?Sized + Unsize<U>, U: ?Sized> CoerceUnsized<NoField<U>> for NoField<T> {} //~ ERROR requires a field [E0374]
struct Two<T: ?Sized>(*const T, *const T);
impl<T: ?Sized + Unsize<U>, U: ?Sized> CoerceUnsized<Two<U>> for Two<T> {} //~ ERROR multiple fields [E0375]
enum Choice<T: ?Sized> { Only(*const T) }
impl<T: ?Sized + Unsize<U>, U: ?Sized> CoerceUnsized<Choice<U>> for Choice<T> {} //~ ERROR between structures [E0377]
struct Extra<T: ?Sized>(*const T, u32);
impl<T: ?Sized + Unsize<U>, U: ?Sized> DispatchFromDyn<Extra<U>> for Extra<T> {} //~ ERROR structs containing [E0378]
#[repr(C)]
struct Laid<T: ?Sized>(*const T);
impl<T: ?Sized + Unsize<U>, U: ?Sized> DispatchFromDyn<Laid<U>> for Laid<T> {} //~ ERROR repr(packed)] [E0378]

struct Ptr<T: ?Sized>(*const T);
impl<T> CoerceUnsized<Ptr<dyn Any>> for Ptr<T> {} //~ ERROR live long enough [E0310]
struct Lasting<T: ?Sized>(*const T);
impl<T: 'static> CoerceUnsized<Lasting<dyn Any>> for Lasting<T> {}
struct Assumed<T: ?Sized>(*const T);
impl<T: Unsize<dyn Any>> CoerceUnsized<Assumed<dyn Any>> for Assumed<T> {}

trait Local {}
impl Unpin for dyn Local {} //~ ERROR struct/enum [E0321]

struct Wrapper<T>(T);
impl<'a, 'b, T, S> CoerceUnsized<&'a Wrapper<T>> for &'b Wrapper<S> where S: Unsize<T> {}
//~^ ERROR does not outlive [E0476]
//~| ERROR conflicting implementations [E0119]
