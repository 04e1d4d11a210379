//@ run-pass
//@ opt-levels: 0
// Array literals under control flow: repeats of constants and copies, nested arrays, leaving between the elements.
//> new 0
//> new 1
//> new 1b
//> then 1 1b
//> drop 1
//> new 2
//> leave 1
//> drop 0
//> drop 1b
//> drop 2
//> new 0
//> new 1
//> drop 1
//> drop 0
//> leave 0
//> new 0
//> new 1
//> new 1b
//> then 1 1b
//> drop 1
//> drop 1b
//> drop 0
//> leave 0
//> new cell
//> at 10
//> cell
//> 12
//> 11
//> 42
//> new first
//> new second
//> made first second
//> drop const elem
//> drop const elem
//> new p0
//> new p1
//> p0 1
//> drop p0
//> p1 3
//> drop p1
//> new n00
//> new n10
//> n10
//> end
//> drop n10
//> drop n00
//> drop first
//> drop second
//> drop cell
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

const fn none<T>() -> Option<T> { None }
#[derive(Clone, Copy)]
struct C(i64);
fn leave(n: i64) -> Option<[D; 3]> { Some([mk("0"), mk("1").then(if n == 1 { return None } else { mk("1b") }), if n == 2 { None? } else { mk("2") }]) }
fn grid(n: i64) -> [[Option<D>; 2]; 2] { let mut g = [const { [const { none::<D>() }; 2] }; 2]; g[(n / 2) as usize][(n % 2) as usize] = Some(mk("cell")); g }
fn run() {
    for n in 0..3 { show("leave", leave(n).is_some() as i64) }
    let g = grid(2);
    show("at", g[1][0].is_some() as i64 * 10 + g[0][1].is_some() as i64);
    let [[_, _], [a, _]] = g;
    say(a.as_ref().map_or("?", |d| d.0));
    let copies = [C(3); 4];
    num(copies.iter().map(|c| c.0).sum::<i64>());
    let mut n = 0;
    let same = [{ n += 1; n }; 3];
    num(same[2] * 10 + n);
    let fresh: [i64; 3] = core::array::from_fn(|i| { n += 1; n * 10 + i as i64 });
    num(fresh[2]);
    let made = core::array::from_fn::<_, 2, _>(|i| if i == 0 { mk("first") } else { mk("second") });
    let [x, y] = &made;
    show2("made", x.0, y.0);
    let many = [const { D("const elem") }; 2];
    drop(many);
    let pairs = [(mk("p0"), 1), (mk("p1"), 2)];
    let mut total = 0;
    for (d, n) in pairs { total += n; show(d.0, total) }
    let empty: [D; 0] = [];
    drop(empty);
    let nested = [[mk("n00")], [mk("n10")]];
    let [_, [last]] = nested;
    say(last.0);
    say("end");
}
