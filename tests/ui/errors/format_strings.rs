//@ check-fail
//@ compile-flags: --crate-type lib
// Mistakes in format strings and their arguments.
#![no_std]
fn f() {
  let a = 1;
  format_args!(); //~ ERROR
  format_args!("{}"); //~ ERROR
  format_args!("{} {}", a); //~ ERROR
  format_args!("{1}", a); //~ ERROR
  format_args!("{}", a, a); //~ ERROR
  format_args!("{:q}", a); //~ ERROR
  format_args!("{"); //~ ERROR
  format_args!("}"); //~ ERROR
  format_args!("{a", ); //~ ERROR
  format_args!(a); //~ ERROR
  format_args!("{x}", x = a, x = a); //~ ERROR
  format_args!("{x} {}", x = a, a); //~ ERROR
  format_args!("{a.b}"); //~ ERROR
  format_args!("{:1$}", a); //~ ERROR
  format_args!("x", y = a); //~ ERROR
  format_args!("a" "b"); //~ ERROR
  format_args!("{r#type}"); //~ ERROR
}
