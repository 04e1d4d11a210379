#![no_core]
