//@ run-pass
//@ opt-levels: 0
// Patterns through references of references, string slices, byte strings and dereferenced constants.
//> 1
//> 2
//> 2
//> 3
//> 4
//> 5
//> 1
//> 2
//> 3
//> 8
//> 4
//> -4
//> 8
//> 6
//> 12
//> 7
//> 7
//> 125
//> 1240
//> 1
//> 2
//> 3
//> 3
//> 4
//> 5
//> 1
//> 2
//> 3
//> 4
//> 5
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

const NAMES: [&str; 2] = ["one", "two"];
const FIRST: &str = NAMES[0];
const REF: &&i64 = &&7;
const OPT: Option<&str> = Some("opt");
enum Tok<'a> { Word(&'a str), Num(i64), Sym(&'a [u8]) }
fn kw(s: &str) -> i64 { match s { FIRST => 1, "two" | "zwei" => 2, x if x.len() == 3 => 3, "" => 4, _ => 5 } }
fn tok(t: &Tok<'_>) -> i64 { match t { Tok::Word("if" | "else") => 1, Tok::Word(w) if w.len() > 3 => 2, Tok::Word(FIRST) => 3, Tok::Num(0) => 4, Tok::Num(n @ (-5..=5)) => *n, Tok::Sym(b"+" | b"-") => 6, Tok::Sym([b'<', rest @ ..]) => 10 + rest.len() as i64, Tok::Sym([] | [_] | [_, ..]) => 7, Tok::Word(_) | Tok::Num(_) => 8 } }
fn refs(r: &&i64) -> i64 { match r { REF => 1, &&8 => 2, &n => **&n } }
fn opt(o: &Option<&str>) -> i64 { match o { &OPT => 1, Some("x") => 2, Some(s) => s.len() as i64 * 10, None => 0 } }
fn pair(a: &[&str]) -> i64 { match a { ["a", .., "z"] => 1, ["a", x] | [x, "a"] => x.len() as i64, [x, y, ..] if x == y => 3, [_] => 4, _ => 5 } }
fn bytes(b: &[u8; 3]) -> i64 { match b { b"abc" => 1, [b'a', ..] => 2, [.., 0 | 255] => 3, [x, y, _] if x > y => 4, _ => 5 } }
fn run() {
    for s in ["one", "two", "zwei", "abc", "", "long"] { num(kw(s)) }
    for t in [Tok::Word("if"), Tok::Word("while"), Tok::Word("one"), Tok::Word("fn"), Tok::Num(0), Tok::Num(-4), Tok::Num(99), Tok::Sym(b"-"), Tok::Sym(b"<<="), Tok::Sym(b""), Tok::Sym(b"*")] { num(tok(&t)) }
    num(refs(&&7) * 100 + refs(&&8) * 10 + refs(&&5));
    num(opt(&Some("opt")) * 1000 + opt(&Some("x")) * 100 + opt(&Some("four")) + opt(&None));
    for a in [&["a", "b", "z"][..], &["a", "zz"], &["bbb", "a"], &["q", "q", "r"], &["s"], &[]] { num(pair(a)) }
    for b in [b"abc", b"axx", b"xx\0", b"ba\x01", b"\x01\x02\x03"] { num(bytes(b)) }
}
