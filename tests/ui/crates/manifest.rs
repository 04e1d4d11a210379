//@ filecheck
//@ emit: metadata
//@ skip-oracle: the form of the metadata is this compiler's own
//@ aux-crate: base_renamed=base.rs
//@ edition: 2024
//@ compile-flags: --crate-type lib --cfg 'special="yes"' -C metadata=tell-apart -C overflow-checks=off
// The manifest names what decides about the crate.
// CHECK: ferric metadata 7
// CHECK: "cfgs":{{[0-9]+}},"directory":"/{{.*}}","edition":2024,"environment":[{"name":"FERRIC_UI_NOT_SET","value":null}],"exports":0,
// CHECK-SAME: "externs":[{"crate":"base","hash":"{{[0-9a-f]+}}","name":"base_renamed","prelude":true}],"hash":"{{[0-9a-f]+}}","id":"tell-apart","macros":0,"name":"manifest"
// CHECK-SAME: "overflow_checks":false,"sources":{{[0-9]+}},"target":"x86_64-unknown-linux-gnu"
// CHECK: special="yes"
// CHECK: manifest.rs
#![no_std]
pub const A: u32 = base_renamed::deep::er::VALUE;
pub const VAR: Option<&str> = option_env!("FERRIC_UI_NOT_SET");
