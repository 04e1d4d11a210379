//! Graphs: Dijkstra with a binary heap of ours, union-find, flood fill, topological order, game of life.
#![no_std]
#![no_main]
mod support;
use core::cmp::Reverse;
use support::{Random, Vector, mix, report};

struct Heap<T>(Vector<T>);

impl<T: Ord> Heap<T> {
    fn push(&mut self, value: T) {
        self.0.push(value);
        let mut at = self.0.len() - 1;
        while at > 0 && self.0[at] > self.0[(at - 1) / 2] {
            self.0.swap(at, (at - 1) / 2);
            at = (at - 1) / 2;
        }
    }
    fn pop(&mut self) -> Option<T> {
        let last = self.0.len().checked_sub(1)?;
        self.0.swap(0, last);
        let top = self.0.pop();
        let mut at = 0;
        loop {
            let mut child = 2 * at + 1;
            if child >= self.0.len() {
                return top;
            }
            if child + 1 < self.0.len() && self.0[child + 1] > self.0[child] {
                child += 1;
            }
            if self.0[at] >= self.0[child] {
                return top;
            }
            self.0.swap(at, child);
            at = child;
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Visit {
    distance: u64,
    node: u32,
}

struct Graph {
    edges: Vector<Vector<(u32, u16)>>,
}

impl Graph {
    fn random(n: u32, degree: u32, random: &mut Random) -> Graph {
        let edges = (0..n)
            .map(|_| (0..degree).map(|_| (random.below(n as u64) as u32, 1 + random.below(900) as u16)).collect())
            .collect();
        Graph { edges }
    }
    fn distances(&self, from: u32) -> Vector<Option<u64>> {
        let mut best = Vector::filled(None, self.edges.len());
        let mut heap = Heap(Vector::new());
        heap.push(Reverse(Visit { distance: 0, node: from }));
        while let Some(Reverse(Visit { distance, node })) = heap.pop() {
            if best[node as usize].is_some_and(|b| b <= distance) {
                continue;
            }
            best[node as usize] = Some(distance);
            for &(to, cost) in self.edges[node as usize].iter() {
                let next = distance + cost as u64;
                if best[to as usize].is_none_or(|b| next < b) {
                    heap.push(Reverse(Visit { distance: next, node: to }));
                }
            }
        }
        best
    }
}

struct Sets {
    parent: Vector<u32>,
}

impl Sets {
    fn find(&mut self, mut n: u32) -> u32 {
        while self.parent[n as usize] != n {
            self.parent[n as usize] = self.parent[self.parent[n as usize] as usize];
            n = self.parent[n as usize];
        }
        n
    }
    fn join(&mut self, a: u32, b: u32) -> bool {
        let (a, b) = (self.find(a), self.find(b));
        self.parent[a as usize] = b;
        a != b
    }
}

fn life(board: &[[bool; 96]; 96]) -> [[bool; 96]; 96] {
    let mut next = [[false; 96]; 96];
    for (y, row) in next.iter_mut().enumerate() {
        for (x, cell) in row.iter_mut().enumerate() {
            let mut near = 0;
            for dy in [95, 0, 1] {
                for dx in [95, 0, 1] {
                    near += board[(y + dy) % 96][(x + dx) % 96] as u32;
                }
            }
            *cell = near == 3 || near == 4 && board[y][x];
        }
    }
    next
}

const ROUNDS: u32 = 2;

fn run() {
    let mut random = Random::new(13);
    let graph = Graph::random(20_000, 5, &mut random);
    let mut sum = 0;
    for from in 0..12 {
        sum = graph.distances(from).iter().flatten().fold(sum, |s, d| mix(s, *d));
    }
    report("dijkstra", sum);
    let mut joined = 0;
    for _ in 0..20 {
        let mut sets = Sets { parent: (0..50_000).collect() };
        for _ in 0..60_000 {
            joined += sets.join(random.below(50_000) as u32, random.below(50_000) as u32) as u64;
        }
    }
    report("sets", joined);
    let mut board = [[false; 96]; 96];
    board.as_flattened_mut().iter_mut().for_each(|c| *c = random.next() & 1 == 0);
    for _ in 0..400 {
        board = life(&board);
    }
    report("life", board.as_flattened().iter().fold(0, |s, c| mix(s, *c as u64)));
}
