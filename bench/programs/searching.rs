//! Searching in text: core's find, Knuth-Morris-Pratt, Horspool, globs, edit distance.
#![no_std]
#![no_main]
mod support;
use core::hint::black_box;
use support::{Random, Vector, mix, report};

fn kmp(text: &[u8], word: &[u8]) -> Option<usize> {
    let mut fail = [0usize; 64];
    let mut k = 0;
    for i in 1..word.len() {
        while k > 0 && word[k] != word[i] {
            k = fail[k - 1];
        }
        if word[k] == word[i] {
            k += 1;
        }
        fail[i] = k;
    }
    let mut matched = 0;
    for (i, &b) in text.iter().enumerate() {
        while matched > 0 && word[matched] != b {
            matched = fail[matched - 1];
        }
        if word[matched] == b {
            matched += 1;
        }
        if matched == word.len() {
            return Some(i + 1 - matched);
        }
    }
    None
}

fn horspool(text: &[u8], word: &[u8]) -> Option<usize> {
    let mut shift = [word.len(); 256];
    for (i, &b) in word[..word.len() - 1].iter().enumerate() {
        shift[b as usize] = word.len() - 1 - i;
    }
    let mut at = 0;
    while at + word.len() <= text.len() {
        let window = &text[at..at + word.len()];
        if window == word {
            return Some(at);
        }
        at += shift[window[word.len() - 1] as usize];
    }
    None
}

fn glob(pattern: &[u8], text: &[u8]) -> bool {
    match (pattern, text) {
        ([], []) => true,
        ([b'*', rest @ ..], _) => glob(rest, text) || matches!(text, [_, tail @ ..] if glob(pattern, tail)),
        ([b'?', p @ ..], [_, t @ ..]) => glob(p, t),
        ([a, p @ ..], [b, t @ ..]) if a == b => glob(p, t),
        _ => false,
    }
}

fn distance(a: &str, b: &str) -> usize {
    let mut row = [0usize; 128];
    for (i, r) in row.iter_mut().enumerate() {
        *r = i;
    }
    let n = b.chars().count();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = i;
        row[0] = i + 1;
        for (j, cb) in b.chars().enumerate() {
            let old = row[j + 1];
            row[j + 1] = (old + 1).min(row[j] + 1).min(diagonal + (ca != cb) as usize);
            diagonal = old;
        }
    }
    row[n]
}

const ROUNDS: u32 = 3;

fn run() {
    let mut random = Random::new(8);
    let mut bytes: Vector<u8> = (0..100_000).map(|_| b"abcd efgh"[random.below(9) as usize]).collect();
    bytes.extend(*b"needle in the haystack");
    let text = core::str::from_utf8(&bytes).unwrap();
    let words = ["needle in", "haystack", "abcdefgha", "hh hh hh h", "in the h", "efgh abcd"];
    let mut sum = 0;
    for round in 0..30 {
        for w in words {
            let part = black_box(&text[round..]);
            let found = part.find(w);
            let a = kmp(part.as_bytes(), w.as_bytes());
            let b = horspool(part.as_bytes(), w.as_bytes());
            assert!(found == a && a == b, "{w}: {found:?} {a:?} {b:?}");
            sum = mix(sum, found.map_or(1, |n| n as u64));
        }
        sum = mix(sum, text.matches("ab").count() as u64);
        sum = mix(sum, text.rfind('x').unwrap_or(9) as u64);
        sum = mix(sum, text.bytes().rposition(|b| b == b'n').unwrap_or(0) as u64);
        sum = mix(sum, text.split("gh").map(|p| p.len() as u64).fold(0, mix));
    }
    report("find", sum);
    let mut sum = 0;
    for i in 0..2000 {
        let part = &text.as_bytes()[i * 10..i * 10 + 60];
        sum = mix(sum, glob(b"*a?c*e*g*h", black_box(part)) as u64);
        sum = mix(sum, distance(&text[i..i + 50], &text[i * 7..i * 7 + 60]) as u64);
    }
    report("glob", sum);
}
