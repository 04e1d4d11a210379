//@ filecheck
//@ emit: dep-info
//@ compile-flags: --crate-type lib
//@ proc-macro: tracked.rs
// What a macro says it depends on, files and variables, make has to know as well.
// CHECK: tracked_things.dep-info: {{.*}}tracked_things.rs some\ data.txt{{$}}
// CHECK: {{^}}some\ data.txt:{{$}}
// CHECK: {{^}}# env-dep:FERRIC_UI_NOT_SET{{$}}
#![no_std]

tracked::tracked_things!();
