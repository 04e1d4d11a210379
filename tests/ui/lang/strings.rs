//@ run-pass
// String slices: bytes, chars, comparison, escapes, raw and byte strings.
//> 7
//> 6
//> héllo
//> raw "quoted" \n
//> 127
//> 1
//> 1
//> 122
//> 121
//> 120
//> 5
//> a1true
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    let s = "h\u{e9}llo\n";
    rt::num(s.len() as i64);
    rt::num(s.chars().count() as i64);
    rt::put(s);
    rt::line(r#"raw "quoted" \n"#);
    rt::num(b"ab\x7f"[2] as i64);
    rt::num(("abc" < "abd") as i64);
    rt::num(("abc" == "abc") as i64);
    for c in "xyz".chars().rev() { rt::num(c as i64); }
    rt::num(c"four".to_bytes_with_nul().len() as i64);
    rt::line(concat!("a", 1, true));
    0
}
