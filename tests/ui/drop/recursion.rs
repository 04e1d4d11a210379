//@ run-pass
//@ opt-levels: 0
// Recursive calls and recursive types: each frame drops its own, lists die from the head or as written.
//> drop bottom
//> new temp
//> drop temp
//> 5
//> drop frame
//> new temp
//> drop temp
//> 10
//> drop frame
//> new temp
//> drop temp
//> 15
//> drop frame
//> 15
//> 2
//> 1
//> links inner outer
//> drop outer
//> drop inner
//> --
//> leaf
//> new replaced
//> drop odd
//> drop even
//> drop odd
//> drop start
//> drop even
//> replaced
//> drop replaced
//> node
//> next 0
//> drop root
//> drop leaf
//> drop n
//> drop node
//> drop outer
//> drop inner
//> drop leaf
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

struct Node { d: D, next: Option<&'static mut Node> }
struct Tree<'a> { d: D, kids: [Option<&'a Tree<'a>>; 2] }
enum Chain<T> { End, Link(D, T) }
fn down(n: i64) -> i64 {
    let _d = D(if n == 0 { "bottom" } else { "frame" });
    if n == 0 { return 0 }
    let r = 1 + down(n - 1) + mk("temp").0.len() as i64;
    num(r);
    r
}
fn build<T>(n: i64, t: T) -> Chain<Chain<T>> { num(n); Chain::Link(D("outer"), Chain::Link(D("inner"), t)) }
fn even(n: i64, d: D) -> D { let _e = D("even"); if n == 0 { d } else { odd(n - 1, d) } }
fn odd(n: i64, d: D) -> D { let _o = D("odd"); if n == 0 { d } else { even(n - 1, mk("replaced")) } }
fn run() {
    num(down(3));
    let c = build(1, build(2, D("leaf")));
    match c { Chain::Link(_, Chain::Link(d, Chain::Link(e, _))) => show2("links", d.0, e.0), Chain::Link(..) => say("short"), Chain::End => say("end") }
    say("--");
    let _n: Chain<Node> = Chain::Link(D("n"), Node { d: D("node"), next: None });
    let leaf = Tree { d: D("leaf"), kids: [None, None] };
    let root = Tree { d: D("root"), kids: [Some(&leaf), None] };
    say(root.kids[0].unwrap().d.0);
    say(even(3, D("start")).0);
    if let Chain::Link(_, ref n) = _n { say(n.d.0); show("next", n.next.is_some() as i64); }
}
