//@ check-fail
//@ compile-flags: --crate-type lib -Dnon_ascii_idents
// The first place of each identifier with other characters, whether it is configured in or not; the lint is the crate's as a whole.
#![no_std]
pub struct É; //~ ERROR identifier contains non-ASCII characters [non_ascii_idents]
pub fn f<'ä>(x: &'ä u8) -> &'ä u8 { x }
macro_rules! m { (ü) => { 1 } } //~ ERROR identifier contains non-ASCII characters [non_ascii_idents]
pub fn g() -> u8 {
    let r#fé = 1; //~ ERROR identifier contains non-ASCII characters [non_ascii_idents]
    let _x = É;
    fé + m!(ü)
}
/// É
pub const S: &str = "É";
#[cfg(no)]
fn ñ() {} //~ ERROR identifier contains non-ASCII characters [non_ascii_idents]
