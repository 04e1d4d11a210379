//@ run-pass
//@ opt-levels: 0
// Temporaries within temporaries: chains of guards, calls in arguments, indexes of temporaries, blocks inside conditions.
//> new d
//> guard 1
//> guard 2
//> guard 3
//> 1
//> unguard 3
//> unguard 2
//> unguard 1
//> guard 4
//> guard 5
//> guard 6
//> sum 2
//> sum 3
//> 3
//> unguard 6
//> unguard 5
//> unguard 4
//> guard 7
//> guard 8
//> guard 9
//> sum 1
//> unguard 9
//> unguard 8
//> unguard 7
//> 1
//> guard 10
//> guard 11
//> guard 12
//> guard 13
//> unguard 13
//> unguard 12
//> unguard 10
//> 2
//> guard 14
//> unguard 14
//> guard 15
//> unguard 15
//> then
//> guard 16
//> guard 17
//> sum 2
//> 2
//> unguard 17
//> unguard 16
//> guard 18
//> loop 0
//> unguard 18
//> guard 19
//> guard 20
//> unguard 20
//> unguard 19
//> 1
//> guard 22
//> guard 21
//> unguard 21
//> 2
//> unguard 22
//> guard 23
//> guard 24
//> unguard 24
//> unguard 23
//> guard 25
//> guard 26
//> unguard 26
//> inner end
//> unguard 25
//> 1
//> guard 27
//> tail arm
//> unguard 27
//> unguard 11
//> drop d
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

struct G<'a>(&'a D, &'static str);
impl<'a> G<'a> { fn new(d: &'a D, n: &'static str) -> Self { show1("guard", n); G(d, n) } fn next(&self, n: &'static str) -> G<'_> { G::new(self.0, n) } fn val(&self) -> i64 { self.0.0.len() as i64 } }
impl Drop for G<'_> { fn drop(&mut self) { show1("unguard", self.1) } }
fn sum(a: i64, b: i64) -> i64 { show("sum", a + b); a + b }
fn pass<T>(t: T) -> T { t }
fn run() {
    let d = mk("d");
    num(G::new(&d, "1").next("2").next("3").val());
    num(sum(G::new(&d, "4").val(), sum(G::new(&d, "5").val(), { G::new(&d, "6").val() })));
    let v = [G::new(&d, "7").val(), G::new(&d, "8").val()][sum(G::new(&d, "9").val(), 0) as usize - 1];
    num(v);
    let s = (G::new(&d, "10").val(), G::new(&d, "11"), G::new(&d, "12").next("13").val());
    num(s.0 + s.2);
    if { let g = G::new(&d, "14"); g.val() } + G::new(&d, "15").val() == 2 { say("then") }
    match (G::new(&d, "16").val(), { G::new(&d, "17").val() }) { (a, b) => num(sum(a, b)) }
    for i in 0..pass(&G::new(&d, "18")).val() { show("loop", i) }
    let x = pass(pass(G::new(&d, "19")).next("20").val());
    num(x);
    let c = |g: &G<'_>| g.val() + G::new(&d, "21").val();
    num(c(&G::new(&d, "22")));
    let _ = pass(G::new(&d, "23")).next("24");
    let r; { let k = G::new(&d, "25"); r = k.next("26").val(); say("inner end"); }
    num(r);
    return match G::new(&d, "27").val() { 1 => say("tail arm"), _ => {} };
}
