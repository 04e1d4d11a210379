//! Base64, hexadecimal, percent and run-length coding: slices of bytes in, slices of bytes out, errors as values.
#![no_std]
#![no_main]
mod support;
use support::{Random, Vector, mix, report};

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const REVERSE: [u8; 256] = {
    let mut table = [0xff; 256];
    let mut i = 0;
    while i < 64 {
        table[ALPHABET[i] as usize] = i as u8;
        i += 1;
    }
    table
};

#[derive(Debug, PartialEq, Clone, Copy)]
enum Bad {
    Length,
    Byte(u8, usize),
}

fn encode(bytes: &[u8], out: &mut Vector<u8>) {
    let mut chunks = bytes.chunks_exact(3);
    for c in &mut chunks {
        let n = (c[0] as u32) << 16 | (c[1] as u32) << 8 | c[2] as u32;
        for shift in [18, 12, 6, 0] {
            out.push(ALPHABET[(n >> shift & 63) as usize]);
        }
    }
    match *chunks.remainder() {
        [a] => out.extend([ALPHABET[(a >> 2) as usize], ALPHABET[((a & 3) << 4) as usize], b'=', b'=']),
        [a, b] => out.extend([
            ALPHABET[(a >> 2) as usize],
            ALPHABET[((a & 3) << 4 | b >> 4) as usize],
            ALPHABET[((b & 15) << 2) as usize],
            b'=',
        ]),
        _ => {}
    }
}

fn decode(text: &[u8], out: &mut Vector<u8>) -> Result<usize, Bad> {
    if text.len() % 4 != 0 {
        return Err(Bad::Length);
    }
    let padding = text.iter().rev().take_while(|b| **b == b'=').count();
    for (i, group) in text.chunks_exact(4).enumerate() {
        let mut n = 0;
        for (j, &b) in group.iter().enumerate() {
            let v = match b {
                b'=' if i * 4 + j >= text.len() - padding => 0,
                _ => match REVERSE[b as usize] {
                    0xff => return Err(Bad::Byte(b, i * 4 + j)),
                    v => v,
                },
            };
            n = n << 6 | v as u32;
        }
        out.extend(n.to_be_bytes().into_iter().skip(1));
    }
    for _ in 0..padding {
        out.pop();
    }
    Ok(out.len())
}

fn hex(bytes: &[u8]) -> impl Iterator<Item = char> {
    bytes.iter().flat_map(|b| [b >> 4, b & 15]).map(|d| char::from_digit(d as u32, 16).unwrap())
}

fn unhex(text: impl Iterator<Item = char>) -> Option<Vector<u8>> {
    let mut out = Vector::new();
    let mut high = None;
    for c in text {
        let d = c.to_digit(16)? as u8;
        match high.take() {
            None => high = Some(d),
            Some(h) => out.push(h << 4 | d),
        }
    }
    high.is_none().then_some(out)
}

fn run_lengths(bytes: &[u8]) -> Vector<(u8, u8)> {
    let mut runs: Vector<(u8, u8)> = Vector::new();
    for &b in bytes {
        match runs.last_mut() {
            Some((value, count)) if *value == b && *count < u8::MAX => *count += 1,
            _ => runs.push((b, 1)),
        }
    }
    runs
}

const ROUNDS: u32 = 6;

fn run() {
    let mut random = Random::new(11);
    let bytes: Vector<u8> = (0..30_000).map(|_| random.next() as u8).collect();
    let (mut text, mut back) = (Vector::new(), Vector::new());
    let mut sum = 0;
    for round in 0..150 {
        text.clear();
        back.clear();
        encode(&bytes[round..], &mut text);
        let len = decode(&text, &mut back).unwrap();
        assert!(len == bytes.len() - round && *back == bytes[round..]);
        sum = mix(sum, text[round * 3] as u64);
        text[round * 100 + 7] = b'-';
        sum = mix(sum, match decode(&text, &mut back) {
            Err(Bad::Byte(b, at)) => at as u64 + b as u64,
            Err(Bad::Length) => 1,
            Ok(_) => 2,
        });
        let back = unhex(hex(&bytes)).unwrap();
        sum = mix(sum, back[round] as u64);
        sum = run_lengths(&text).iter().fold(sum, |s, (v, n)| mix(s, (*v as u64) << 8 | *n as u64));
    }
    report("base64", sum);
}
