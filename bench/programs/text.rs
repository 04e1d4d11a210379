//! Unicode text: decoding and validating UTF-8, case mapping, classes, escaping, integers and floats from text and back.
#![no_std]
#![no_main]
mod support;
use core::fmt::Write;
use support::{Random, Text, Vector, mix, report};

fn caesar(text: &str, by: u8, out: &mut Text) {
    for c in text.chars() {
        let turned = match c {
            'a'..='z' => ((c as u8 - b'a' + by) % 26 + b'a') as char,
            'A'..='Z' => ((c as u8 - b'A' + by) % 26 + b'A') as char,
            _ => c,
        };
        let _ = out.write_char(turned);
    }
}

fn classes(text: &str) -> u64 {
    text.chars().fold(0, |s, c| {
        let class = match c {
            _ if c.is_whitespace() => 1,
            _ if c.is_numeric() => 2,
            _ if c.is_lowercase() => 3,
            _ if c.is_uppercase() => 4,
            _ if c.is_alphanumeric() => 5,
            _ if c.is_control() => 6,
            _ => 7,
        };
        mix(s, class)
    })
}

const ROUNDS: u32 = 4;

fn run() {
    let mut random = Random::new(14);
    let alphabet: Vector<char> = "abcxyzABCZ 019\tµßéÄÖ∑Ωжя漢字🦀ﬁ\"\\\n".chars().collect();
    let mut text = Text::new();
    for _ in 0..30_000 {
        let _ = text.write_char(alphabet[random.below(alphabet.len() as u64) as usize]);
    }
    let mut sum = 0;
    let mut out = Text::new();
    for round in 0..25u8 {
        out.0.clear();
        caesar(text.as_str(), round, &mut out);
        sum = mix(sum, classes(out.as_str()));
        let upper: u64 = out.as_str().chars().flat_map(char::to_uppercase).fold(0, |s, c| mix(s, c as u64));
        let lower: u64 = out.as_str().chars().rev().flat_map(char::to_lowercase).fold(0, |s, c| mix(s, c as u64));
        sum = mix(sum, upper ^ lower);
        sum = mix(sum, out.as_str().escape_default().count() as u64);
        sum = mix(sum, out.as_str().encode_utf16().fold(0, |s, u| mix(s, u as u64)));
        let at = out.0.len() / 2 + round as usize;
        let old = out.0[at];
        out.0[at] = 0xff;
        sum = mix(sum, core::str::from_utf8(&out.0).map_or_else(|e| e.valid_up_to(), |s| s.len()) as u64);
        out.0[at] = old;
        sum = mix(sum, core::str::from_utf8(&out.0).map_or(0, |s| s.chars().count()) as u64);
    }
    report("unicode", sum);
    let mut sum = 0;
    for i in 0..100_000u64 {
        out.0.clear();
        let r = random.next();
        let _ = write!(out, "{} {:x} {}", r as i64, r >> 17, (r >> 44) as f64 / 1024.0);
        let mut parts = out.as_str().split(' ');
        let n: i64 = parts.next().and_then(|p| p.parse().ok()).unwrap_or(0);
        let h = parts.next().and_then(|p| u64::from_str_radix(p, 16).ok()).unwrap_or(0);
        let f: f64 = parts.next().and_then(|p| p.parse().ok()).unwrap_or(0.0);
        sum = mix(mix(sum, n as u64 ^ h), f.to_bits() ^ i);
    }
    report("numbers", sum);
}
