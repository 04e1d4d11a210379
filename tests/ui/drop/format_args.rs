//@ run-pass
//@ opt-levels: 0
// Arguments of `format_args!` are borrowed in order and die with the statement, or with the binding they are extended to.
//> new a
//> new b
//> <a> <b>
//> drop b
//> drop a
//> new c
//> new d
//> new e
//> <d> <c> <e> <d>
//> drop e
//> drop d
//> drop c
//> new f
//> new g
//> drop g
//> drop f
//> known 0
//> new kept
//> between
//> <kept>
//> <inline> <inline>
//> new h
//> drop i
//> <h>
//> drop l
//> drop h
//> ok 1
//> end
//> drop inline
//> drop kept
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

use core::fmt::{self, Write};
struct Out;
impl Write for Out { fn write_str(&mut self, s: &str) -> fmt::Result { put(s); Ok(()) } }
impl fmt::Display for D { fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str("<")?; f.write_str(self.0)?; f.write_str(">") } }
fn run() {
    let _ = Out.write_fmt(format_args!("{} {}\n", mk("a"), mk("b")));
    let _ = write!(Out, "{1} {0} {x} {1}\n", mk("c"), mk("d"), x = mk("e"));
    let args = format_args!("{}-{}\n", mk("f"), mk("g")).as_str().is_some();
    show("known", args as i64);
    let kept = format_args!("{}\n", mk("kept"));
    say("between");
    let _ = Out.write_fmt(kept);
    let d = D("inline");
    let _ = writeln!(Out, "{d} {d}");
    let r = { let _l = D("l"); writeln!(Out, "{}", { let _i = D("i"); mk("h") }) };
    show("ok", r.is_ok() as i64);
    say("end");
}
