//! core::fmt into a buffer: integers, floats, strings, padding, Debug of nested data.
#![no_std]
#![no_main]
mod support;
use core::fmt::{self, Write};
use support::{Random, Text, mix, report};

#[derive(Debug, Clone, Copy)]
enum Kind {
    Idle,
    Running { since: u64, on: Option<u8> },
    Failed(i32),
}

#[derive(Debug)]
struct Task<'a> {
    id: u32,
    name: &'a str,
    kind: Kind,
    load: [f32; 3],
}

struct Hex<'a>(&'a [u8]);

impl fmt::Display for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, b) in self.0.iter().enumerate() {
            if i > 0 && i % 4 == 0 {
                f.write_char(':')?;
            }
            write!(f, "{b:02x}")?;
        }
        Ok(())
    }
}

struct Sum(u64);

impl Write for Sum {
    fn write_str(&mut self, s: &str) -> fmt::Result {
        for b in s.bytes() {
            self.0 = (self.0 ^ b as u64).wrapping_mul(0x0000_0100_0000_01b3);
        }
        Ok(())
    }
}

const ROUNDS: u32 = 3;

fn run() {
    let mut random = Random::new(6);
    let names = ["idle", "worker \"a\"", "naïve", "a much longer name of a task"];
    let mut out = Text::new();
    let mut sum = Sum(0);
    let mut lengths = 0;
    for i in 0..60_000u32 {
        out.0.clear();
        let r = random.next();
        let kind = match r % 3 {
            0 => Kind::Idle,
            1 => Kind::Running { since: r >> 20, on: (r & 8 != 0).then_some(r as u8) },
            _ => Kind::Failed(r as i32),
        };
        let task = Task { id: i, name: names[(r >> 7 & 3) as usize], kind, load: [(r & 0xff) as f32 / 4.0, 1e-3, i as f32] };
        let _ = write!(out, "{:>8}|{:<6}|{:^7}|{:+}|{:#x}|{:08b}|", r, i, r as i16, r as i8, r as u32, r as u8);
        let _ = write!(out, "{:.3} {:10.1} {:e}|", (r >> 40) as f64 / 64.0, i as f64 * 0.5 + 0.25, (r >> 11) as f64);
        let _ = write!(out, "{:*^12}|{:?}|{}|", task.name, task.name, Hex(&r.to_be_bytes()));
        let _ = if i % 4 == 0 { write!(out, "{task:#?}") } else { write!(out, "{task:?}") };
        lengths = mix(lengths, out.0.len() as u64);
        let _ = sum.write_str(out.as_str());
    }
    report("lengths", lengths);
    report("text", sum.0);
}
