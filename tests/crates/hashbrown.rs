//@ package: librust-hashbrown-dev
//@ features: inline-more,raw
#![no_std]
#![no_main]
#[path = "../ui/support/rt_alloc.rs"]
#[macro_use]
mod rt;

extern crate alloc;
use core::hash::{BuildHasherDefault, Hasher};
use hashbrown::{HashMap, HashSet};
#[derive(Default)]
struct H(u64);
impl Hasher for H {
    fn finish(&self) -> u64 { self.0 }
    fn write(&mut self, b: &[u8]) { for x in b { self.0 = (self.0 ^ *x as u64).wrapping_mul(0x100000001b3).rotate_left(5); } }
}
type B = BuildHasherDefault<H>;
#[no_mangle]
pub extern "C" fn main() -> i32 {
    let mut m: HashMap<u32, &str, B> = HashMap::default();
    println!("{:?} {:?} {:?}", m.insert(1, "a"), m.insert(2, "b"), m.insert(1, "c"));
    println!("{:?} {:?} {}", m.get(&1), m.get(&3), m.len());
    *m.entry(7).or_insert("new") = "changed";
    println!("{:?} {:?} {}", m.remove(&7), m.remove(&7), m.contains_key(&2));
    let mut big: HashMap<u64, u64, B> = (0..1000).map(|i| (i * 7919, i)).collect();
    big.retain(|_, v| *v % 3 == 0);
    println!("{} {} {:?}", big.len(), big.values().sum::<u64>(), big.get(&(999 * 7919)));
    let a: HashSet<u8, B> = [1, 2, 3].into_iter().collect();
    let b: HashSet<u8, B> = [2, 3, 4].into_iter().collect();
    let mut i: alloc::vec::Vec<_> = a.intersection(&b).copied().collect();
    i.sort();
    println!("{:?} {} {}", i, a.union(&b).count(), a.is_subset(&b));
    println!("{:?}", m.iter().map(|(k, v)| *k as usize + v.len()).sum::<usize>());
    drop((m, big));
    println!("{}", rt::live());
    0
}
