//! Bit manipulation: counts, rotations, reversal, Morton codes, Gray codes, queens, 128-bit arithmetic, packing.
#![no_std]
#![no_main]
mod support;
use core::num::NonZero;
use support::{Random, Vector, mix, report};

fn spread(x: u32) -> u64 {
    let mut v = x as u64;
    v = (v | v << 16) & 0x0000_ffff_0000_ffff;
    v = (v | v << 8) & 0x00ff_00ff_00ff_00ff;
    v = (v | v << 4) & 0x0f0f_0f0f_0f0f_0f0f;
    v = (v | v << 2) & 0x3333_3333_3333_3333;
    (v | v << 1) & 0x5555_5555_5555_5555
}

fn queens(n: u32, columns: u32, left: u32, right: u32) -> u64 {
    let mut free = !(columns | left | right) & ((1 << n) - 1);
    if columns.count_ones() + 1 == n {
        return (free != 0) as u64;
    }
    let mut count = 0;
    while free != 0 {
        let bit = free & free.wrapping_neg();
        free ^= bit;
        count += queens(n, columns | bit, (left | bit) << 1, (right | bit) >> 1);
    }
    count
}

struct BitWriter {
    words: Vector<u64>,
    pending: u64,
    used: u32,
}

impl BitWriter {
    fn put(&mut self, value: u64, width: u32) {
        self.pending |= value << self.used;
        if self.used + width >= 64 {
            self.words.push(self.pending);
            self.pending = value.checked_shr(64 - self.used).unwrap_or(0);
            self.used = self.used + width - 64;
        } else {
            self.used += width;
        }
    }
}

struct BitReader<'a> {
    words: &'a [u64],
    at: usize,
}

impl BitReader<'_> {
    fn take(&mut self, width: u32) -> Option<u64> {
        let (word, bit) = (self.at / 64, (self.at % 64) as u32);
        let low = self.words.get(word)? >> bit;
        let high = if bit + width > 64 { self.words.get(word + 1)? << (64 - bit) } else { 0 };
        self.at += width as usize;
        Some((low | high) & (u64::MAX >> (64 - width)))
    }
}

fn integer_root(n: u64) -> u64 {
    let Some(n) = NonZero::new(n) else { return 0 };
    let mut r = 0u64;
    for bit in (0..=(63 - n.leading_zeros()) / 2).rev() {
        let t = r | 1 << bit;
        if t.checked_mul(t).is_some_and(|sq| sq <= n.get()) {
            r = t;
        }
    }
    r
}

const ROUNDS: u32 = 3;

fn run() {
    let mut random = Random::new(10);
    let v: Vector<u64> = (0..10_000).map(|_| random.next()).collect();
    let mut sum = 0u64;
    for round in 0..400 {
        for &n in v.iter() {
            let x = n.rotate_left(round & 63);
            sum = sum.wrapping_add(x.count_ones() as u64 + x.leading_zeros() as u64 * 3 + (x | 1 << 40).trailing_zeros() as u64 * 5);
            sum ^= x.reverse_bits() ^ x.swap_bytes() ^ (x ^ x >> 1);
            sum = sum.wrapping_add(spread(x as u32) | spread((x >> 32) as u32) << 1);
        }
    }
    report("bits", sum);
    report("queens", (6..12).map(|n| queens(n, 0, 0, 0)).fold(0, mix));
    let mut sum = 0;
    for round in 0..40 {
        let mut w = BitWriter { words: Vector::new(), pending: 0, used: 0 };
        for &n in v.iter() {
            let width = 1 + (n >> 58) as u32 % 40;
            w.put(n & (u64::MAX >> (64 - width)), width);
        }
        w.words.push(w.pending);
        let mut r = BitReader { words: &w.words, at: round };
        while let Some(n) = r.take(1 + (sum % 37) as u32) {
            sum = mix(sum, n);
        }
    }
    report("packing", sum);
    let mut wide = 0u128;
    for _ in 0..100 {
        for p in v.windows(2) {
            let product = p[0] as u128 * p[1] as u128;
            wide = wide.wrapping_add(product >> (p[0] & 31)).rotate_left(7) ^ (product << 9 | 5);
            if wide > u128::MAX / 3 * 2 {
                wide = wide.wrapping_sub(product.saturating_mul(3));
            }
        }
    }
    report("wide", wide as u64 ^ (wide >> 64) as u64);
    report("roots", v.iter().cycle().take(500_000).fold(0, |s, n| mix(s, integer_root(n >> 9))));
}
