#![no_std]
pub fn who() -> &'static str { module_path!() }
pub fn file() -> &'static str { file!() }
pub fn var() -> Option<&'static str> { option_env!("FERRIC_UI_NOT_SET") }
#[macro_export]
macro_rules! shout { () => { $crate::who() }; }
