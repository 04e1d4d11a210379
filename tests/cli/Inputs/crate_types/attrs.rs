#![no_core]
#![crate_type = "staticlib"]
#![crate_type = "lib"]
#![crate_name = "named"]
