//@ filecheck
//@ emit: hir
//@ skip-oracle: the notation is our own
// What control flow becomes.
#![no_std]
#![crate_type = "lib"]

// CHECK-LABEL: function desugarings::sum
// CHECK: drop_temps(match into_iter(
// CHECK-NEXT: mut iter#[[I:[0-9]+]] => loop#[[L:[0-9]+]] {
// CHECK-NEXT: match next(&mut iter#[[I]]) {
// CHECK-NEXT: None {  } => break#[[L]],
// CHECK-NEXT: Some { 0: x#
pub fn sum(v: &[u32]) -> u32 { let mut s = 0; for x in v { s += *x; } s }

// CHECK-LABEL: function desugarings::question
// CHECK: match branch(x#
// CHECK-NEXT: Break { 0: residual#[[R:[0-9]+]] } => return from_residual(residual#[[R]]),
// CHECK-NEXT: Continue { 0: val#[[V:[0-9]+]] } => val#[[V]],
pub fn question(x: Option<u32>) -> Option<u32> { let y = x?; Some(y) }

// CHECK-LABEL: function desugarings::spin
// CHECK: loop#[[W:[0-9]+]] {
// CHECK: } else {
// CHECK-NEXT: break#[[W]]
pub fn spin(mut n: u32) { while n > 0 { n -= 1; } }

// CHECK-LABEL: function desugarings::swap
// CHECK: let (lhs#[[A:[0-9]+]], lhs#[[B:[0-9]+]]) = (b#{{.*}}, a#
// CHECK-NEXT: a#{{[0-9]+}} = lhs#[[A]]
// CHECK-NEXT: b#{{[0-9]+}} = lhs#[[B]]
pub fn swap(mut a: u32, mut b: u32) { (a, b) = (b, a); }

// CHECK-LABEL: function desugarings::show
// CHECK: super let args#[[T:[0-9]+]] = (&x#
// CHECK: super let args#[[U:[0-9]+]] = [<Argument>::new_display(args#[[T]].0)];
// CHECK: <Arguments>::new(b"\x0211\xC0\x00", &args#[[U]])
pub fn show(f: &mut core::fmt::Formatter<'_>, x: u32) -> core::fmt::Result { f.write_fmt(format_args!("{}1{}", 1, x)) }
