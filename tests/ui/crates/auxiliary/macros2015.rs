//@ edition: 2015
#![no_std]
pub struct Private { field: u8 }
impl Private { pub fn new() -> Private { Private { field: 1 } } pub(crate) fn inner(&self) -> u8 { self.field } fn unused(&self) {} }
#[non_exhaustive]
pub enum Growing { One, Two }
#[macro_export]
macro_rules! exported { () => { 1 } }
#[allow(unused_macros)]
macro_rules! local { () => { 2 } }
