//! Primes: sieves of bytes and of bits, a segmented one, Miller-Rabin, Collatz lengths.
#![no_std]
#![no_main]
mod support;
use support::{Vector, mix, report};

fn bytes(limit: usize) -> u64 {
    let mut composite = Vector::filled(false, limit + 1);
    let mut i = 2;
    while i * i <= limit {
        if !composite[i] {
            for j in (i * i..=limit).step_by(i) {
                composite[j] = true;
            }
        }
        i += 1;
    }
    composite.iter().enumerate().skip(2).filter(|(_, c)| !**c).fold(0, |s, (n, _)| mix(s, n as u64))
}

struct BitSet(Vector<u64>);

impl BitSet {
    fn contains(&self, n: usize) -> bool {
        self.0[n / 64] >> (n % 64) & 1 != 0
    }
    fn insert(&mut self, n: usize) {
        self.0[n / 64] |= 1 << (n % 64);
    }
    fn iter(&self) -> impl Iterator<Item = usize> {
        self.0.iter().enumerate().flat_map(|(i, &word)| {
            let mut rest = word;
            core::iter::from_fn(move || {
                let bit = rest.trailing_zeros();
                (rest != 0).then(|| {
                    rest &= rest - 1;
                    i * 64 + bit as usize
                })
            })
        })
    }
}

fn bits(limit: usize) -> u64 {
    let mut set = BitSet(Vector::filled(0, limit / 64 + 1));
    for i in 2..=limit {
        if i * i > limit {
            break;
        }
        if !set.contains(i) {
            let mut j = i * i;
            while j <= limit {
                set.insert(j);
                j += i;
            }
        }
    }
    set.iter().fold(0, |s, n| mix(s, n as u64))
}

fn segmented(limit: usize) -> u64 {
    const SEGMENT: usize = 1 << 15;
    let mut primes: Vector<(usize, usize)> = Vector::new();
    let mut sum = 0;
    let mut low = 0;
    while low <= limit {
        let mut composite = [false; SEGMENT];
        for (p, next) in primes.iter_mut() {
            let mut at = *next;
            while at < SEGMENT {
                composite[at] = true;
                at += *p;
            }
            *next = at - SEGMENT;
        }
        for i in 0..SEGMENT {
            let n = low + i;
            if n >= 2 && n <= limit && !composite[i] {
                sum = mix(sum, n as u64);
                if low == 0 && n * n <= limit {
                    let mut at = n * n;
                    while at < SEGMENT {
                        composite[at] = true;
                        at += n;
                    }
                    primes.push((n, at - SEGMENT));
                }
            }
        }
        low += SEGMENT;
    }
    sum
}

fn power(mut base: u64, mut exponent: u64, modulus: u64) -> u64 {
    let mut r = 1;
    while exponent > 0 {
        if exponent & 1 == 1 {
            r = (r as u128 * base as u128 % modulus as u128) as u64;
        }
        base = (base as u128 * base as u128 % modulus as u128) as u64;
        exponent >>= 1;
    }
    r
}

fn is_prime(n: u64) -> bool {
    if n < 2 || n % 2 == 0 {
        return n == 2;
    }
    let s = (n - 1).trailing_zeros();
    let d = (n - 1) >> s;
    'witness: for a in [2, 3, 5, 7, 11, 13] {
        if n == a {
            return true;
        }
        let mut x = power(a, d, n);
        if x == 1 || x == n - 1 {
            continue;
        }
        for _ in 1..s {
            x = (x as u128 * x as u128 % n as u128) as u64;
            if x == n - 1 {
                continue 'witness;
            }
        }
        return false;
    }
    true
}

fn collatz(limit: u64) -> (u64, u32) {
    (1..limit)
        .map(|n| {
            let (mut v, mut steps) = (n, 0u32);
            while v != 1 {
                v = if v % 2 == 0 { v / 2 } else { 3 * v + 1 };
                steps += 1;
            }
            (n, steps)
        })
        .max_by_key(|(_, s)| *s)
        .unwrap()
}

const ROUNDS: u32 = 2;

fn run() {
    let mut sum = 0;
    for i in 0..4 {
        sum = mix(sum, bytes(1_000_000 + i));
        sum = mix(sum, bits(3_000_000 + i));
        sum = mix(sum, segmented(5_000_000 + i));
    }
    report("sieve", sum);
    report("primes", (0..3000).filter(|n| is_prime(1_000_000_007 + n)).fold(0, mix));
    let (n, steps) = collatz(300_000);
    report("collatz", n << 32 | steps as u64);
}
