//@ filecheck
//@ emit: dep-info
//@ compile-flags: --crate-type lib
// What make has to know: all sources, a rule for each so that it may go away, the environment that was read.
// CHECK: {{^}}[[OUT:.*]]dep_info.dep-info: [[HERE:.*]]dep_info.rs [[HERE]]../support/rt.rs [[HERE]]auxiliary/base.rs{{$}}
// CHECK: {{^}}[[HERE]]dep_info.rs:{{$}}
// CHECK-NEXT: {{^}}[[HERE]]../support/rt.rs:{{$}}
// CHECK-NEXT: {{^}}[[HERE]]auxiliary/base.rs:{{$}}
// CHECK: {{^}}# env-dep:FERRIC_UI_NOT_SET{{$}}
#![no_std]
#[path = "../support/rt.rs"]
mod rt;
pub const TEXT: &str = include_str!("auxiliary/base.rs");
pub const VAR: Option<&str> = option_env!("FERRIC_UI_NOT_SET");
