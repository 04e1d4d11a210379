//@ check-fail
//@ proc-macro: failing.rs
// A macro that panics is an error where it is called, and what it reports is reported.
#![no_std]

#[failing::attr_panics] //~ ERROR custom attribute panicked
fn f() {}

#[derive(failing::Panics)] //~ ERROR proc-macro derive panicked
struct S;

#[derive(failing::Bad)] //~ ERROR proc-macro derive produced unparsable tokens
//~^ ERROR expected
struct T;

fn main() {
    failing::panics!(a b); //~ ERROR proc macro panicked
    let _ = failing::panics_with_value!(); //~ ERROR proc macro panicked
    let _ = failing::not_an_expression!(); //~ ERROR expected expression
    let _ = failing::too_much!(); //~ ERROR macro expansion ignores `2` and any tokens following
    let _ = failing::works!();
    let _ = failing::reports!(a
        (b)); //~ ERROR not (b)
    //~^^ ERROR not a
    let _ = failing::warns!();
}
