//! Iterator chains: adapters of core over slices, ranges and characters.
#![no_std]
#![no_main]
mod support;
use core::hint::black_box;
use support::{Random, Vector, mix, report};

fn sums(v: &[u32]) -> u64 {
    let evens = v.iter().filter(|n| **n % 2 == 0).map(|n| *n as u64 * 3).sum::<u64>();
    let dots = v.iter().zip(v.iter().skip(1)).map(|(a, b)| (*a ^ *b) as u64).fold(0, |s: u64, x| s.wrapping_add(x));
    let steps = v.iter().step_by(7).copied().map(u64::from).max().unwrap_or(0);
    let ends = v.iter().rev().take(v.len() / 2).enumerate().map(|(i, n)| i as u64 & *n as u64).sum::<u64>();
    mix(mix(mix(evens, dots), steps), ends)
}

fn windows(v: &[u32]) -> u64 {
    let rising = v.windows(3).filter(|w| w[0] < w[1] && w[1] < w[2]).count() as u64;
    let chunks = v.chunks(5).map(|c| c.iter().copied().min().unwrap_or(0) as u64).sum::<u64>();
    let exact = v.chunks_exact(8).map(|c| c.iter().fold(0u32, |a, b| a.rotate_left(3) ^ b) as u64).fold(0, mix);
    mix(mix(rising, chunks), exact)
}

fn nested(n: u32) -> u64 {
    (1..n)
        .flat_map(|a| (a..n).map(move |b| (a, b)))
        .filter(|(a, b)| (a * a + b * b) % 7 == 1)
        .map(|(a, b)| (a * b) as u64)
        .fold(0, mix)
}

fn early(v: &[u32]) -> u64 {
    let position = v.iter().position(|n| n % 9973 == 5).unwrap_or(0) as u64;
    let all = v.iter().all(|n| n.count_ones() < 30) as u64;
    let taken = v.iter().skip_while(|n| **n % 64 != 3).take_while(|n| **n % 512 != 5).count() as u64;
    let scanned = v.iter().scan(1u32, |s, n| { *s = s.wrapping_mul(*n | 1); (*s % 1000 != 999).then_some(*s) }).last().unwrap_or(0);
    let chained = v[..v.len() / 3].iter().chain(&v[v.len() / 2..]).chain([5, 6, 7].iter()).map(|n| (*n & 15) as u64).sum::<u64>();
    mix(mix(mix(position, all), mix(taken, scanned as u64)), chained)
}

fn text(s: &str) -> u64 {
    let upper = s.chars().filter(|c| c.is_alphabetic()).map(|c| c.to_ascii_uppercase() as u64).fold(0, mix);
    let words = s.split_whitespace().map(str::len).filter(|n| n % 2 == 1).sum::<usize>() as u64;
    let lines = s.lines().enumerate().map(|(i, l)| i * l.trim().len()).sum::<usize>() as u64;
    let longest = s.split(|c: char| c == ',' || c == '.').max_by_key(|p| p.len()).map_or(0, |p| p.len()) as u64;
    mix(mix(upper, words), mix(lines, longest))
}

fn group(v: &[u32]) -> u64 {
    let mut it = v.iter().copied().peekable();
    let mut sum = 0;
    while let Some(first) = it.next() {
        let mut run = 1;
        while it.next_if(|n| n & 1 == first & 1).is_some() {
            run += 1;
        }
        sum = mix(sum, run);
    }
    let (small, large): (u64, u64) = v.iter().fold((0, 0), |(s, l), n| if *n < 1 << 31 { (s + 1, l) } else { (s, l + *n as u64) });
    mix(sum, small ^ large)
}

const ROUNDS: u32 = 3;

fn run() {
    let mut random = Random::new(5);
    let v: Vector<u32> = (0..50_000).map(|_| random.next() as u32).collect();
    let prose = "The quick brown fox, it is said,\n  jumps over the lazy dog. Pack my box with five dozen liquor jugs.\n\tÄpfel und Öl: naïve façades, übermäßig.\n";
    let mut sum = [0u64; 6];
    for i in 0..220usize {
        let part = black_box(&v[i..]);
        sum[0] = mix(sum[0], sums(part));
        sum[1] = mix(sum[1], windows(part));
        sum[2] = mix(sum[2], nested(120 + (i as u32 & 15)));
        sum[3] = mix(sum[3], early(part));
        for _ in 0..40 {
            sum[4] = mix(sum[4], text(black_box(prose)));
        }
        sum[5] = mix(sum[5], group(part));
    }
    for (name, s) in ["sums", "windows", "nested", "early", "text", "group"].into_iter().zip(sum) {
        report(name, s);
    }
}
