//! LZ77 with hash chains, a canonical Huffman coder and their decoders, checked against the input.
#![no_std]
#![no_main]
mod support;
use support::{Random, Vector, mix, report};

const WINDOW: usize = 1 << 15;
const HASHES: usize = 1 << 13;

#[derive(Clone, Copy, PartialEq, Debug)]
enum Token {
    Literal(u8),
    Match { back: u16, len: u8 },
}

fn hash(b: &[u8]) -> usize {
    ((b[0] as u32 | (b[1] as u32) << 8 | (b[2] as u32) << 16).wrapping_mul(0x9e37_79b1) >> 19) as usize
}

fn common(a: &[u8], b: &[u8]) -> usize {
    a.iter().zip(b).take(255).take_while(|(x, y)| x == y).count()
}

fn compress(input: &[u8]) -> Vector<Token> {
    let mut head = [None::<u32>; HASHES];
    let mut previous = Vector::filled(None::<u32>, input.len());
    let mut out = Vector::new();
    let mut at = 0;
    while at < input.len() {
        let mut best = (0, 0);
        if at + 3 <= input.len() {
            let mut candidate = head[hash(&input[at..])];
            for _ in 0..16 {
                let Some(c) = candidate.map(|c| c as usize) else { break };
                if at - c >= WINDOW {
                    break;
                }
                let len = common(&input[c..], &input[at..]);
                if len > best.0 {
                    best = (len, at - c);
                }
                candidate = previous[c];
            }
        }
        let step = if best.0 >= 4 {
            out.push(Token::Match { back: best.1 as u16, len: best.0 as u8 });
            best.0
        } else {
            out.push(Token::Literal(input[at]));
            1
        };
        for i in at..at + step {
            if i + 3 <= input.len() {
                let h = hash(&input[i..]);
                previous[i] = head[h];
                head[h] = Some(i as u32);
            }
        }
        at += step;
    }
    out
}

fn expand(tokens: &[Token]) -> Vector<u8> {
    let mut out = Vector::new();
    for &t in tokens {
        match t {
            Token::Literal(b) => out.push(b),
            Token::Match { back, len } => {
                for _ in 0..len {
                    let b = out[out.len() - back as usize];
                    out.push(b);
                }
            }
        }
    }
    out
}

/// Lengths of Huffman codes, by merging the two lightest trees until one is left.
fn code_lengths(counts: &[u32; 256]) -> [u8; 256] {
    let mut parent = [0u16; 512];
    let mut weight = [0u64; 512];
    let mut live: Vector<u16> = Vector::new();
    for (i, &c) in counts.iter().enumerate() {
        weight[i] = c as u64;
        if c > 0 {
            live.push(i as u16);
        }
    }
    let mut next = 256;
    while live.len() > 1 {
        live.sort_unstable_by(|a, b| (weight[*b as usize], b).cmp(&(weight[*a as usize], a)));
        let (a, b) = (live.pop().unwrap(), live.pop().unwrap());
        weight[next] = weight[a as usize] + weight[b as usize];
        parent[a as usize] = next as u16;
        parent[b as usize] = next as u16;
        live.push(next as u16);
        next += 1;
    }
    core::array::from_fn(|i| {
        let mut depth = 0;
        let mut at = i;
        while counts[i] > 0 && parent[at] != 0 {
            at = parent[at] as usize;
            depth += 1;
        }
        depth
    })
}

fn codes(lengths: &[u8; 256]) -> [u32; 256] {
    let mut code = 0;
    let mut r = [0; 256];
    for len in 1..=31 {
        for (symbol, &l) in lengths.iter().enumerate() {
            if l == len {
                r[symbol] = code;
                code += 1;
            }
        }
        code <<= 1;
    }
    r
}

fn huffman(input: &[u8], lengths: &[u8; 256]) -> Vector<u64> {
    let codes = codes(lengths);
    let mut out = Vector::new();
    let (mut word, mut used) = (0u64, 0u32);
    for &b in input {
        let len = lengths[b as usize] as u32;
        for bit in (0..len).rev() {
            word = word << 1 | (codes[b as usize] >> bit & 1) as u64;
            used += 1;
            if used == 64 {
                out.push(word);
                (word, used) = (0, 0);
            }
        }
    }
    out.push(word << (63 - used) << 1);
    out
}

fn unhuffman(words: &[u64], lengths: &[u8; 256], count: usize) -> Vector<u8> {
    let codes = codes(lengths);
    let mut tree: Vector<[i32; 2]> = Vector::filled([0; 2], 1);
    for symbol in 0..256 {
        let mut node = 0;
        for bit in (0..lengths[symbol]).rev() {
            let side = (codes[symbol] >> bit & 1) as usize;
            if bit == 0 {
                tree[node][side] = -(symbol as i32) - 1;
            } else {
                if tree[node][side] == 0 {
                    tree.push([0; 2]);
                    tree[node][side] = tree.len() as i32 - 1;
                }
                node = tree[node][side] as usize;
            }
        }
    }
    let mut node = 0;
    let bits = words.iter().flat_map(|w| (0..64).rev().map(move |i| (w >> i & 1) as usize));
    bits.filter_map(|side| match tree[node][side] {
        n if n < 0 => {
            node = 0;
            Some((-n - 1) as u8)
        }
        n => {
            node = n as usize;
            None
        }
    })
    .take(count)
    .collect()
}

const ROUNDS: u32 = 6;

fn run() {
    let mut random = Random::new(12);
    let words = ["struct ", "fn main", "() {\n", "    ", "let mut ", "return", ";\n", "}\n", "iterator", " = ", "0x"];
    let mut input: Vector<u8> = Vector::new();
    while input.len() < 100_000 {
        match random.below(20) {
            0 => input.push(random.next() as u8),
            n => input.extend(words[n as usize % words.len()].bytes()),
        }
    }
    let mut sum = 0;
    for round in 0..6 {
        let part = &input[round * 1000..];
        let tokens = compress(part);
        assert!(*expand(&tokens) == *part);
        sum = tokens.iter().fold(sum, |s, t| match *t {
            Token::Literal(b) => mix(s, b as u64),
            Token::Match { back, len } => mix(s, (back as u64) << 8 | len as u64),
        });
        let mut counts = [0u32; 256];
        part.iter().for_each(|&b| counts[b as usize] += 1);
        let lengths = code_lengths(&counts);
        let coded = huffman(part, &lengths);
        assert!(*unhuffman(&coded, &lengths, part.len()) == *part);
        sum = coded.iter().fold(sum, |s, &w| mix(s, w));
    }
    report("compress", sum);
}
