//! Hash functions over bytes: SHA-256, CRC-32, FNV-1a, and core's SipHash through the Hash trait.
#![no_std]
#![no_main]
mod support;
use core::hash::{Hash, Hasher};
use support::{Random, Vector, mix, report};

const K: [u32; 64] = {
    // Fractional parts of the cube roots of the first 64 primes, by integer search.
    let mut k = [0u32; 64];
    let (mut n, mut i) = (2u128, 0);
    while i < 64 {
        let mut d = 2;
        let mut prime = true;
        while d * d <= n {
            if n % d == 0 {
                prime = false;
            }
            d += 1;
        }
        if prime {
            let (mut low, mut high) = (0u128, 8u128 << 32);
            while high - low > 1 {
                let middle = (low + high) / 2;
                if middle * middle * middle <= n << 96 {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            k[i] = low as u32;
            i += 1;
        }
        n += 1;
    }
    k
};

struct Sha256([u32; 8]);

impl Sha256 {
    fn new() -> Self {
        Sha256([0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19])
    }
    fn block(&mut self, block: &[u8; 64]) {
        let mut w = [0u32; 64];
        for (word, bytes) in w.iter_mut().zip(block.chunks_exact(4)) {
            *word = u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
        }
        for i in 16..64 {
            let s0 = w[i - 15].rotate_right(7) ^ w[i - 15].rotate_right(18) ^ (w[i - 15] >> 3);
            let s1 = w[i - 2].rotate_right(17) ^ w[i - 2].rotate_right(19) ^ (w[i - 2] >> 10);
            w[i] = w[i - 16].wrapping_add(s0).wrapping_add(w[i - 7]).wrapping_add(s1);
        }
        let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = self.0;
        for i in 0..64 {
            let s1 = e.rotate_right(6) ^ e.rotate_right(11) ^ e.rotate_right(25);
            let choice = (e & f) ^ (!e & g);
            let t1 = h.wrapping_add(s1).wrapping_add(choice).wrapping_add(K[i]).wrapping_add(w[i]);
            let s0 = a.rotate_right(2) ^ a.rotate_right(13) ^ a.rotate_right(22);
            let majority = (a & b) ^ (a & c) ^ (b & c);
            (h, g, f, e, d, c, b, a) = (g, f, e, d.wrapping_add(t1), c, b, a, t1.wrapping_add(s0.wrapping_add(majority)));
        }
        for (state, v) in self.0.iter_mut().zip([a, b, c, d, e, f, g, h]) {
            *state = state.wrapping_add(v);
        }
    }
}

const CRC: [u32; 256] = {
    let mut table = [0; 256];
    let mut i = 0;
    while i < 256 {
        let mut c = i as u32;
        let mut bit = 0;
        while bit < 8 {
            c = if c & 1 != 0 { 0xedb88320 ^ (c >> 1) } else { c >> 1 };
            bit += 1;
        }
        table[i] = c;
        i += 1;
    }
    table
};

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |c, &b| CRC[((c ^ b as u32) & 0xff) as usize] ^ (c >> 8))
}

struct Fnv(u64);

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for &b in bytes {
            self.0 = (self.0 ^ b as u64).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}

#[derive(Hash, Clone, Copy)]
enum Shape {
    Dot,
    Line(i32, u8),
    Named { name: &'static str, at: (u64, u16) },
}

const ROUNDS: u32 = 3;

fn run() {
    let mut random = Random::new(1);
    let bytes: Vector<u8> = (0..1 << 16).map(|_| random.next() as u8).collect();
    let mut sha = Sha256::new();
    let mut sum = 0;
    for round in 0..400u64 {
        if round % 4 == 0 {
            for block in bytes.as_chunks::<64>().0 {
                sha.block(block);
            }
        }
        sum = mix(sum, crc32(&bytes[round as usize..]) as u64);
    }
    report("sha256", sha.0.iter().fold(0, |s, &w| mix(s, w as u64)));
    report("crc32", sum);
    let shapes = [Shape::Dot, Shape::Line(-5, 7), Shape::Named { name: "the name of a shape", at: (99, 3) }];
    let (mut fnv, mut sip) = (0, 0);
    for round in 0..400_000u64 {
        let shape = shapes[(round % 3) as usize];
        let mut h = Fnv(0xcbf2_9ce4_8422_2325);
        (round, shape).hash(&mut h);
        fnv = mix(fnv, h.finish());
        #[allow(deprecated)]
        let mut h = core::hash::SipHasher::new_with_keys(round, 2);
        shapes.hash(&mut h);
        sip = mix(sip, h.finish());
    }
    report("fnv", fnv);
    report("sip", sip);
}
