//! Calls through vtables: shapes, a tree of expressions of dyn nodes, state machines, fn pointers, closures as dyn.
#![no_std]
#![no_main]
mod support;
use core::fmt::Debug;
use support::{Random, Vector, mix, report};

trait Shape: Debug {
    fn area(&self) -> i64;
    fn grow(&mut self, by: i64);
    fn sides(&self) -> u32 {
        4
    }
}

#[derive(Debug, Clone, Copy)]
struct Square(i64);
#[derive(Debug, Clone, Copy)]
struct Rectangle {
    width: i64,
    height: i64,
}
#[derive(Debug, Clone, Copy)]
struct Triangle([i64; 2]);

impl Shape for Square {
    fn area(&self) -> i64 {
        self.0.wrapping_mul(self.0)
    }
    fn grow(&mut self, by: i64) {
        self.0 = (self.0 + by) & 0xffff;
    }
}
impl Shape for Rectangle {
    fn area(&self) -> i64 {
        self.width.wrapping_mul(self.height)
    }
    fn grow(&mut self, by: i64) {
        self.width = (self.width + by) & 0xffff;
        self.height = (self.height ^ by) & 0xffff;
    }
}
impl Shape for Triangle {
    fn area(&self) -> i64 {
        self.0[0].wrapping_mul(self.0[1]) / 2
    }
    fn grow(&mut self, by: i64) {
        self.0[(by & 1) as usize] += by & 7;
    }
    fn sides(&self) -> u32 {
        3
    }
}

trait Node {
    fn eval(&self, x: i64) -> i64;
}
struct Leaf(i64);
struct Variable;
struct Op<'a> {
    op: fn(i64, i64) -> i64,
    left: &'a dyn Node,
    right: &'a dyn Node,
}
struct If<'a> {
    cond: &'a dyn Fn(i64) -> bool,
    yes: &'a dyn Node,
    no: &'a dyn Node,
}
impl Node for Leaf {
    fn eval(&self, _: i64) -> i64 {
        self.0
    }
}
impl Node for Variable {
    fn eval(&self, x: i64) -> i64 {
        x
    }
}
impl Node for Op<'_> {
    fn eval(&self, x: i64) -> i64 {
        (self.op)(self.left.eval(x), self.right.eval(x))
    }
}
impl Node for If<'_> {
    fn eval(&self, x: i64) -> i64 {
        if (self.cond)(x) { self.yes.eval(x) } else { self.no.eval(x) }
    }
}

#[derive(Clone, Copy)]
enum State {
    Start,
    Word { letters: u32 },
    Number(u64),
    Skip,
}

fn step(state: State, byte: u8, sum: &mut u64) -> State {
    match (state, byte) {
        (State::Start | State::Skip, b'a'..=b'z') => State::Word { letters: 1 },
        (State::Word { letters }, b'a'..=b'z') => State::Word { letters: letters + 1 },
        (State::Start, b'0'..=b'9') => State::Number((byte - b'0') as u64),
        (State::Number(n), b'0'..=b'9') => State::Number(n.wrapping_mul(10) + (byte - b'0') as u64),
        (State::Word { letters }, _) => {
            *sum = mix(*sum, letters as u64);
            State::Start
        }
        (State::Number(n), _) => {
            *sum = mix(*sum, n);
            State::Skip
        }
        (s, b' ') => s,
        (_, _) => State::Start,
    }
}

const ROUNDS: u32 = 2;

fn run() {
    let mut random = Random::new(9);
    let mut squares = [Square(3); 30];
    let mut rectangles = [Rectangle { width: 5, height: 8 }; 30];
    let mut triangles = [Triangle([9, 4]); 30];
    let mut shapes: Vector<&mut dyn Shape> = Vector::new();
    for ((s, r), t) in squares.iter_mut().zip(&mut rectangles).zip(&mut triangles) {
        shapes.push(s);
        shapes.push(r);
        shapes.push(t);
    }
    for _ in 0..200 {
        let (a, b) = (random.below(90) as usize, random.below(90) as usize);
        shapes.swap(a, b);
    }
    let mut sum = 0;
    for round in 0..150_000i64 {
        let at = round as usize % 90;
        shapes[at].grow(round);
        let total: i64 = shapes[at / 2..at / 2 + 40].iter().map(|s| s.area().wrapping_add(s.sides() as i64)).fold(0, i64::wrapping_add);
        sum = mix(sum, total as u64);
    }
    report("shapes", sum);

    let (x, two, ten) = (Variable, Leaf(2), Leaf(10));
    let limit = 500;
    let above = move |v: i64| v > limit;
    let odd = |v: i64| v & 1 == 1;
    let double = Op { op: i64::wrapping_mul, left: &x, right: &two };
    let more = Op { op: |a, b| a.wrapping_add(b) ^ 3, left: &double, right: &ten };
    let either = If { cond: &above, yes: &more, no: &double };
    let power = Op { op: i64::wrapping_mul, left: &either, right: &either };
    let tree = If { cond: &odd, yes: &power, no: &more };
    let root = Op { op: i64::wrapping_sub, left: &tree, right: &either };
    report("tree", (0..3_000_000).fold(0, |s, i| mix(s, root.eval(i & 1023) as u64)));

    let text: Vector<u8> = (0..100_000).map(|_| b"ab1 c2, 39z"[random.below(11) as usize]).collect();
    let mut sum = 0;
    for _ in 0..60 {
        text.iter().fold(State::Start, |s, &b| step(s, b, &mut sum));
    }
    report("states", sum);
}
