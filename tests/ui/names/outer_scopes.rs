//@ check-fail
// Items see nothing of the function around them; constants none of its variables.
#![no_std]
#![crate_type = "lib"]

pub fn f<T, const N: usize>(v: usize) {
    fn inner(_: T) {}
    //~^ ERROR [E0401]
    fn value() -> usize { v }
    //~^ ERROR [E0434]
    let _ = [0u8; v];
    //~^ ERROR [E0435]
    const C: usize = N;
    //~^ ERROR [E0401]
    let _: [u8; N] = [0; N];
    'a: loop { let _ = || { break 'a }; }
    //~^ ERROR [E0767]
    //~| ERROR [E0267]
}
