//@ run-pass
// Vec, String, format!, Rc, Arc, Weak, BTreeMap, BTreeSet, VecDeque, BinaryHeap, LinkedList, Cow, sort, and nothing leaks.
//> [0, 1, 4, 9, 16] 5
//> [9, 4, 1] [0, 16]
//> sorted [1, 1, 2, 3, 4, 5, 6, 9]
//> by len ["a", "bb", "ccc"]
//> text: hello, world! 13 HELLO
//> split ["a", "b", "c"] joined a-b-c
//> chars dlrow
//> fmt     7|007|0x2a|1.50|Some("x")
//> rc 2 1 dropped false
//> rc dropped true
//> arc 12
//> cycle 1 1
//> map {"one": 1, "three": 3, "two": 2} Some(2)
//> range [(10, 100), (11, 121), (12, 144)] 999
//> set [1, 2, 3]
//> deque [3, 4, 1, 2]
//> heap 9 5 1 
//> linked [2, 3]
//> cow borrowed owned!
//> dedup [1, 2, 3] retain [2] drain [1]
//> vec of box 6 nested [[1], [1, 2], [1, 2, 3]]
//> concat [1, 2, 3, 4] chunk sum 10
//> iter [(0, 'a'), (1, 'b')] 3
//> bytes Ok("hi") true
//> repeat ababab zzz
//> live 0
#![no_std]
#![no_main]
#[macro_use]
extern crate alloc;
use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::collections::{BTreeMap, BTreeSet, BinaryHeap, LinkedList, VecDeque};
use alloc::rc::{Rc, Weak};
use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::cell::{Cell, RefCell};
#[path = "../support/rt_alloc.rs"]
mod rt;

struct Node { up: RefCell<Weak<Node>>, down: RefCell<Vec<Rc<Node>>> }
struct Flag<'a>(&'a Cell<bool>);
impl Drop for Flag<'_> { fn drop(&mut self) { self.0.set(true); } }

fn cow(s: &str) -> Cow<'_, str> { if s.ends_with('!') { Cow::Owned(format!("owned{}", &s[s.len() - 1..])) } else { Cow::Borrowed(s) } }

fn vectors() {
    let v: Vec<u32> = (0..5).map(|x| x * x).collect();
    println!("{:?} {}", v, v.len());
    let (odd, even): (Vec<u32>, Vec<u32>) = (vec![9, 4, 1], vec![0, 16]);
    println!("{:?} {:?}", odd, even);
    let mut s = vec![3, 1, 4, 1, 5, 9, 2, 6];
    s.sort();
    println!("sorted {:?}", s);
    let mut words = vec!["ccc", "a", "bb"];
    words.sort_by_key(|w| w.len());
    println!("by len {:?}", words);
}

fn strings() {
    let mut t = String::from("hello");
    t.push_str(", world");
    t.push('!');
    println!("text: {} {} {}", t, t.len(), t[..5].to_uppercase());
    let parts: Vec<&str> = "a,b,c".split(',').collect();
    println!("split {:?} joined {}", parts, parts.join("-"));
    println!("chars {}", "world".chars().rev().collect::<String>());
    println!("fmt {}", format!("{:5}|{:03}|{:#x}|{:.2}|{:?}", 7, 7, 42, 1.5, Some("x")));
}

fn shared() {
    let dropped = Cell::new(false);
    let r = Rc::new(Flag(&dropped));
    let r2 = r.clone();
    let w = Rc::downgrade(&r);
    println!("rc {} {} dropped {}", Rc::strong_count(&r), Rc::weak_count(&r), dropped.get());
    drop((r, r2));
    println!("rc dropped {}", dropped.get() && w.upgrade().is_none());
    let a: Arc<[u32]> = Arc::from(vec![3, 4, 5]);
    println!("arc {}", Arc::clone(&a).iter().sum::<u32>());
    let leaf = Rc::new(Node { up: RefCell::new(Weak::new()), down: RefCell::new(vec![]) });
    let branch = Rc::new(Node { up: RefCell::new(Weak::new()), down: RefCell::new(vec![leaf.clone()]) });
    *leaf.up.borrow_mut() = Rc::downgrade(&branch);
    println!("cycle {} {}", Rc::weak_count(&branch), leaf.up.borrow().upgrade().map_or(0, |b| b.down.borrow().len()));
}

fn maps() {
    let mut m = BTreeMap::new();
    m.insert("one", 1);
    m.insert("two", 2);
    m.insert("three", 3);
    println!("map {:?} {:?}", m, m.get("two"));
    let mut big: BTreeMap<u32, u32> = (0..1000).map(|i| (i, i * i)).collect();
    for i in (0..1000).filter(|i| *i == 500) { big.remove(&i); }
    println!("range {:?} {}", big.range(10..13).map(|(a, b)| (*a, *b)).collect::<Vec<_>>(), big.len());
    println!("set {:?}", [3, 1, 2, 3].into_iter().collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>());
    let mut d: VecDeque<i32> = VecDeque::from(vec![1, 2]);
    d.push_front(4);
    d.push_front(3);
    println!("deque {:?}", d);
    let mut h = BinaryHeap::from(vec![1, 9, 5]);
    use core::fmt::Write;
    let _ = write!(rt::Out, "heap ");
    while let Some(x) = h.pop() { let _ = write!(rt::Out, "{} ", x); }
    println!("");
    let mut l: LinkedList<i32> = [1, 2, 3].into_iter().collect();
    l.pop_front();
    println!("linked {:?}", l);
    println!("cow {} {}", cow("borrowed"), cow("x!"));
}

fn more() {
    let mut v = vec![1, 1, 2, 3, 3];
    v.dedup();
    let mut w = v.clone();
    w.retain(|x| x % 2 == 0);
    let drained: Vec<i32> = v.clone().drain(..1).collect();
    println!("dedup {:?} retain {:?} drain {:?}", v, w, drained);
    let boxes: Vec<Box<dyn Fn() -> i32>> = (1..4).map(|i| Box::new(move || i) as Box<dyn Fn() -> i32>).collect();
    println!("vec of box {} nested {:?}", boxes.iter().map(|f| f()).sum::<i32>(), (1..4).map(|n| (1..=n).collect()).collect::<Vec<Vec<i32>>>());
    let c = [vec![1, 2], vec![3, 4]].concat();
    println!("concat {:?} chunk sum {}", c, c.chunks(2).map(|p| p.iter().sum::<i32>()).sum::<i32>());
    println!("iter {:?} {}", "ab".chars().enumerate().collect::<Vec<_>>(), Vec::<u8>::with_capacity(3).capacity());
    println!("bytes {:?} {}", String::from_utf8(vec![104, 105]), String::from_utf8(vec![0xff]).is_err());
    println!("repeat {} {}", "ab".repeat(3), 'z'.to_string().repeat(3));
}

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    vectors();
    strings();
    shared();
    maps();
    more();
    println!("live {}", rt::live());
    0
}
