//@ build-fail
//@ skip-oracle: it gives the place of the call
// Instances without end are an error where code that is never reached mentions them too.
#![no_std]
#![crate_type = "lib"]

fn grow<T>() { //~ ERROR reached the recursion limit while instantiating
    if false {
        grow::<Option<T>>();
    }
}

pub fn root() {
    grow::<u8>();
}
