//! Maps of our own: open addressing with the Hash trait, an AVL tree in an arena, a sorted array.
#![no_std]
#![no_main]
mod support;
use core::borrow::Borrow;
use core::cmp::Ordering;
use core::hash::{Hash, Hasher};
use support::{Random, Vector, mix, report};

#[derive(Default)]
struct Fx(u64);

impl Hasher for Fx {
    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 29
    }
    fn write(&mut self, bytes: &[u8]) {
        for &b in bytes {
            self.write_u64(b as u64);
        }
    }
    fn write_u64(&mut self, n: u64) {
        self.0 = (self.0.rotate_left(5) ^ n).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
    fn write_u32(&mut self, n: u32) {
        self.write_u64(n as u64);
    }
    fn write_u8(&mut self, n: u8) {
        self.write_u64(n as u64);
    }
}

fn hash_of<Q: Hash + ?Sized>(key: &Q) -> u64 {
    let mut h = Fx::default();
    key.hash(&mut h);
    h.finish()
}

struct HashMap<K, V> {
    slots: Vector<Option<(K, V)>>,
    len: usize,
}

impl<K: Hash + Eq, V> HashMap<K, V> {
    fn new() -> Self {
        HashMap { slots: (0..16).map(|_| None).collect(), len: 0 }
    }
    fn find<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> usize
    where
        K: Borrow<Q>,
    {
        let mask = self.slots.len() - 1;
        let mut at = hash_of(key) as usize & mask;
        while let Some((k, _)) = &self.slots[at] {
            if k.borrow() == key {
                break;
            }
            at = (at + 1) & mask;
        }
        at
    }
    fn get<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.slots[self.find(key)].as_ref().map(|(_, v)| v)
    }
    fn entry(&mut self, key: K, make: impl FnOnce() -> V) -> &mut V {
        if self.len * 4 >= self.slots.len() * 3 {
            let mut old = core::mem::replace(&mut self.slots, Vector::new());
            self.slots = (0..old.len() * 2).map(|_| None).collect();
            while let Some(slot) = old.pop() {
                if let Some((k, v)) = slot {
                    let at = self.find(&k);
                    self.slots[at] = Some((k, v));
                }
            }
        }
        let at = self.find(&key);
        if self.slots[at].is_none() {
            self.len += 1;
        }
        &mut self.slots[at].get_or_insert_with(|| (key, make())).1
    }
    fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.slots.iter().flatten().map(|(k, v)| (k, v))
    }
}

struct Node<K, V> {
    key: K,
    value: V,
    height: i32,
    child: [Option<u32>; 2],
}

struct TreeMap<K, V> {
    nodes: Vector<Node<K, V>>,
    root: Option<u32>,
}

impl<K: Ord, V> TreeMap<K, V> {
    fn new() -> Self {
        TreeMap { nodes: Vector::new(), root: None }
    }
    fn height(&self, n: Option<u32>) -> i32 {
        n.map_or(0, |n| self.nodes[n as usize].height)
    }
    fn update(&mut self, n: u32) {
        let [l, r] = self.nodes[n as usize].child;
        self.nodes[n as usize].height = 1 + self.height(l).max(self.height(r));
    }
    fn rotate(&mut self, n: u32, side: usize) -> u32 {
        let up = self.nodes[n as usize].child[1 - side].unwrap();
        self.nodes[n as usize].child[1 - side] = self.nodes[up as usize].child[side];
        self.nodes[up as usize].child[side] = Some(n);
        self.update(n);
        self.update(up);
        up
    }
    fn balance(&mut self, n: u32) -> u32 {
        self.update(n);
        let [l, r] = self.nodes[n as usize].child;
        let lean = self.height(l) - self.height(r);
        if lean.abs() < 2 {
            return n;
        }
        let heavy = (lean < 0) as usize;
        let child = self.nodes[n as usize].child[heavy].unwrap();
        let [a, b] = self.nodes[child as usize].child;
        let inner = if heavy == 0 { self.height(b) > self.height(a) } else { self.height(a) > self.height(b) };
        if inner {
            let turned = self.rotate(child, heavy);
            self.nodes[n as usize].child[heavy] = Some(turned);
        }
        self.rotate(n, 1 - heavy)
    }
    fn insert_at(&mut self, at: Option<u32>, key: K, value: V) -> u32 {
        let Some(n) = at else {
            self.nodes.push(Node { key, value, height: 1, child: [None; 2] });
            return self.nodes.len() as u32 - 1;
        };
        let side = match key.cmp(&self.nodes[n as usize].key) {
            Ordering::Equal => {
                self.nodes[n as usize].value = value;
                return n;
            }
            o => (o == Ordering::Greater) as usize,
        };
        let child = self.insert_at(self.nodes[n as usize].child[side], key, value);
        self.nodes[n as usize].child[side] = Some(child);
        self.balance(n)
    }
    fn insert(&mut self, key: K, value: V) {
        self.root = Some(self.insert_at(self.root, key, value));
    }
    fn get(&self, key: &K) -> Option<&V> {
        let mut at = self.root;
        while let Some(n) = at {
            let node = &self.nodes[n as usize];
            at = match key.cmp(&node.key) {
                Ordering::Equal => return Some(&node.value),
                Ordering::Less => node.child[0],
                Ordering::Greater => node.child[1],
            };
        }
        None
    }
    fn walk(&self, at: Option<u32>, f: &mut impl FnMut(&K, &V)) {
        if let Some(n) = at {
            let node = &self.nodes[n as usize];
            self.walk(node.child[0], f);
            f(&node.key, &node.value);
            self.walk(node.child[1], f);
        }
    }
}

const ROUNDS: u32 = 3;

fn run() {
    let mut random = Random::new(7);
    let words = "the cat sat on the mat and the dog ate the cat's food while a bird sang on the roof of the old red house by the sea";
    let mut counts: HashMap<&str, u32> = HashMap::new();
    for _ in 0..10_000 {
        for w in words.split(' ') {
            *counts.entry(w, || 0) += 1;
        }
    }
    report("words", counts.iter().fold(0, |s, (k, v)| s ^ mix(k.len() as u64, *v as u64)));
    let mut sum = 0;
    for _ in 0..3 {
        let mut map: HashMap<(u32, u8), u64> = HashMap::new();
        for i in 0..120_000u64 {
            let r = random.next();
            *map.entry(((r >> 40) as u32 & 0xffff, r as u8 & 3), || i) += r & 0xff;
        }
        for i in 0..400_000u32 {
            sum = mix(sum, map.get(&(i & 0xffff, (i >> 16) as u8)).copied().unwrap_or(1));
        }
        sum ^= map.len as u64;
    }
    report("hash", sum);
    let mut sum = 0;
    for _ in 0..3 {
        let mut tree = TreeMap::new();
        for i in 0..40_000u64 {
            tree.insert(random.next() >> 44, i);
        }
        for i in 0..100_000u64 {
            sum = mix(sum, tree.get(&(i * 10)).copied().unwrap_or(3));
        }
        tree.walk(tree.root, &mut |k, v| sum = mix(sum, k ^ v));
        sum ^= tree.height(tree.root) as u64;
    }
    report("tree", sum);
}
