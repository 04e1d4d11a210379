//@ check-fail
// Types written or inferred in a body are well formed: their where-clauses hold, elements are sized, trait objects are of dyn-compatible traits.
#![no_std]
#![crate_type = "lib"]
#![allow(unused)]

struct Sized_<T> { data: T }
struct Any<T: ?Sized> { data: T }
trait Callback { fn cb(); }
trait Processing { type Call: Callback; }
trait NotDyn { fn new() -> Self; }
struct Thing;
impl NotDyn for Thing { fn new() -> Self { Thing } }
trait Held { type Bar: Default where Self: Sized; }

fn unsized_ok<T: ?Sized>() {}
fn by_ref<T>(_: &T) {}
fn in_argument<T: ?Sized>() { unsized_ok::<Sized_<T>>() } //~ ERROR size [E0277]
fn in_argument_ok<T: ?Sized>() { unsized_ok::<Any<T>>() }
fn in_let<X: ?Sized, Y: ?Sized>() {
    let _: (isize, (X, isize)); //~ ERROR size [E0277]
    let y: Y; //~ ERROR size [E0277]
}
fn inferred<X: ?Sized>(x: &'static Any<X>) { by_ref(&(*x, 34)); } //~ ERROR size [E0277]
fn call<P: Processing + ?Sized>() { P::Call::cb(); }
fn object_bounds() {
    struct MyCall;
    call::<dyn Processing<Call = MyCall>>(); //~ ERROR `MyCall: [E0277]
}
fn projected<T: Held + ?Sized>() { let _ = <T as Held>::Bar::default(); } //~ ERROR size [E0277]
fn coerced() {
    let mut thing = Thing;
    let test: &mut dyn NotDyn = &mut thing; //~ ERROR dyn compatible [E0038]
    let other = &thing as &dyn NotDyn; //~ ERROR dyn compatible [E0038]
}
