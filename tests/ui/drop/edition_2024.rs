//@ run-pass
//@ edition: 2024
// Where temporaries of tails and of `if let` die in edition 2024: before the locals, before the `else`.
//> case 0
//> borrow cell
//> release cell
//> drop local
//> 4
//> case 1
//> borrow cell
//> new two
//> drop two
//> release cell
//> drop local
//> 7
//> borrow cell
//> release cell
//> new three
//> drop three
//> 10
//> case 2
//> borrow cell
//> new x
//> drop x
//> release cell
//> drop c
//> drop b
//> drop a
//> 4
//> case 3
//> borrow cell
//> arm
//> release cell
//> drop local
//> 1
//> -- branches
//> new then
//> drop then
//> after if
//> borrow cell
//> release cell
//> drop arm
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
//> release cell
//> matched 1
//> -- if let tail
//> borrow cell
//> release cell
//> drop local
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
//> release cell
//> else
//> after
//> borrow cell
//> release cell
//> new second
//> measure second
//> drop second
//> 6
//> else
//> borrow cell
//> release cell
//> matched 3
//> -- if let tail
//> borrow cell
//> release cell
//> else
//> drop local
//> 2
//> -- closures
//> borrow cell
//> release cell
//> drop local
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
//> release cell
//> drop labelled
//> 4
//> borrow cell
//> release cell
//> drop unsafe
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
//> drop not extended
//> drop l2
//> c 1
//> drop kept
//> -- macro
//> borrow cell
//> release cell
//> drop macro local
//> 4
//> drop cell
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

#[path = "../support/edition_cases.rs"]
mod edition_cases;
fn run() { edition_cases::run() }
