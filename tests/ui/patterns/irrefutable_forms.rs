//@ run-pass
//@ opt-levels: 0
// Patterns in `let`, parameters, `for`, closures and destructuring assignment, over nested data with drops.
//> n1
//> par a0 a2
//> drop a2
//> drop a0
//> drop a1
//> 10
//> n2
//> a1 4
//> fib 5
//> 709
//> n3
//> n4
//> drop a1
//> drop a2
//> drop a0
//> i 3
//> 14
//> 12
//> 134
//> n5
//> new second
//> drop second
//> drop a0
//> drop a1
//> drop a2
//> 4
//> 4
//> new b
//> b 4
//> new x
//> new y
//> xy y x
//> end
//> drop y
//> drop x
//> drop b
//> drop a0
//> drop a1
//> drop a2
//> drop a0
//> drop a1
//> drop a2
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

struct N { a: (D, [D; 2]), b: i64 }
fn n(name: &'static str) -> N { say(name); N { a: (D("a0"), [D("a1"), D("a2")]), b: 3 } }
fn par(N { a: (x, [_, z]), b }: N, [p, q]: [i64; 2], mut m: i64) -> i64 { m += b; show2("par", x.0, z.0); p * q + m }
fn run() {
    num(par(n("n1"), [2, 3], 1));
    let N { a: (_, [ref y, ..]), mut b } = n("n2");
    b += 1;
    show(y.0, b);
    let (mut i, mut j) = (0i64, 1i64);
    for _ in 0..5 { (i, j) = (j, i + j); }
    show("fib", i);
    let mut arr = [0i64; 3];
    [arr[0], _, arr[2]] = [7, 8, 9];
    num(arr[0] * 100 + arr[1] * 10 + arr[2]);
    let mut s = n("n3");
    N { b: i, a: (s.a.0, _) } = n("n4");
    show("i", i);
    (s.b, .., j) = (1, 2, 3, 4);
    num(s.b * 10 + j);
    for (k, [a, b]) in [[1i64, 2], [3, 4]].into_iter().enumerate() { num(k as i64 * 100 + a * 10 + b) }
    let f = |N { b, .. }: N, (x, _): (i64, D)| b + x;
    num(f(n("n5"), (1, mk("second"))));
    let g = |[a, rest @ ..]: [i64; 3]| a + rest[1];
    num(g([1, 2, 3]));
    let (a, b): (i64, D);
    (a, b) = (4, mk("b"));
    show(b.0, a);
    let [x, y] = [mk("x"), mk("y")];
    let (y, x) = (x, y);
    show2("xy", x.0, y.0);
    say("end");
}
