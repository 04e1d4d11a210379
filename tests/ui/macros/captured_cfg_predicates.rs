//@ run-pass
// Predicates that a macro captures as `meta` and puts into others, nested.
//> first no
//> second yes
//> third yes
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

macro_rules! only { ($($m:meta),* ; $($t:tt)*) => { #[cfg(all($($m),*))] same! { $($t)* } }; }
macro_rules! same { ($($t:tt)*) => { $($t)* }; }
macro_rules! choose {
    ($(if #[cfg($m:meta)] { $($t:item)* }) else * else { $($e:item)* }) => { choose! { @items () ; $( (($m) ($($t)*)), )* (() ($($e)*)), } };
    (@items ($($not:meta,)*) ; ) => {};
    (@items ($($not:meta,)*) ; (($($m:meta),*) ($($t:item)*)), $($rest:tt)*) => {
        only! { $($m,)* not(any($($not),*)) ; $($t)* }
        choose! { @items ($($not,)* $($m,)*) ; $($rest)* }
    };
}
choose! {
    if #[cfg(all(windows, not(unix)))] { fn first() -> &'static str { "yes" } }
    else if #[cfg(any(windows, target_os = "none"))] { fn first() -> &'static str { "other" } }
    else { fn first() -> &'static str { "no" } }
}
choose! {
    if #[cfg(all(unix, target_pointer_width = "64"))] { fn second() -> &'static str { "yes" } } else { fn second() -> &'static str { "no" } }
}
choose! {
    if #[cfg(windows)] { fn third() -> &'static str { "no" } } else if #[cfg(not(windows))] { fn third() -> &'static str { "yes" } } else { }
}

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::put("first "); rt::line(first());
    rt::put("second "); rt::line(second());
    rt::put("third "); rt::line(third());
    0
}
