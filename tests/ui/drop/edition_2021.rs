//@ run-pass
// Where temporaries of tails and of `if let` die in edition 2021: after the locals, after the `else`.
//> case 0
//> borrow cell
//> drop local
//> release cell
//> 4
//> case 1
//> borrow cell
//> new two
//> drop local
//> drop two
//> release cell
//> 7
//> borrow cell
//> new three
//> drop three
//> release cell
//> 10
//> case 2
//> borrow cell
//> new x
//> drop c
//> drop b
//> drop a
//> drop x
//> release cell
//> 4
//> case 3
//> borrow cell
//> arm
//> drop local
//> release cell
//> 1
//> -- branches
//> new then
//> drop then
//> after if
//> borrow cell
//> drop arm
//> release cell
//> after match
//> drop local
//> 8
//> -- if let
//> borrow cell
//> then 1
//> release cell
//> after
//> borrow cell
//> release cell
//> 1
//> new made
//> made
//> drop made
//> borrow cell
//> matched 1
//> release cell
//> -- if let tail
//> borrow cell
//> drop local
//> release cell
//> 1
//> -- branches
//> borrow cell
//> release cell
//> after if
//> new false
//> drop false
//> after match
//> drop local
//> 9
//> -- if let
//> borrow cell
//> else
//> release cell
//> after
//> borrow cell
//> new second
//> measure second
//> drop second
//> release cell
//> 6
//> else
//> borrow cell
//> matched 3
//> release cell
//> -- if let tail
//> borrow cell
//> else
//> drop local
//> release cell
//> 2
//> -- closures
//> borrow cell
//> drop local
//> release cell
//> 4
//> new expression
//> drop expression
//> 11
//> -- loops
//> new tail
//> ask tail
//> drop tail
//> drop round
//> borrow cell
//> release cell
//> new tail
//> ask tail
//> drop tail
//> drop round
//> borrow cell
//> release cell
//> 4
//> borrow cell
//> drop labelled
//> release cell
//> 4
//> borrow cell
//> drop unsafe
//> release cell
//> 4
//> -- statements
//> borrow cell
//> release cell
//> drop l
//> borrow cell
//> release cell
//> borrow cell
//> release cell
//> borrow cell
//> release cell
//> new t
//> drop t
//> new kept
//> new not extended
//> ask not extended
//> drop l2
//> drop not extended
//> c 1
//> drop kept
//> -- macro
//> borrow cell
//> drop macro local
//> 4
//> release cell
//> drop cell
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

#[path = "../support/edition_cases.rs"]
mod edition_cases;
fn run() { edition_cases::run() }
