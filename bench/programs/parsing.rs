//! A recursive-descent parser of JSON and of arithmetic over &str: chars, peekable iterators, Result and .
#![no_std]
#![no_main]
mod support;
use core::fmt::Write;
use core::iter::Peekable;
use core::str::{CharIndices, Chars};
use support::{Random, Text, Vector, mix, report};

#[derive(Debug, Clone, Copy, PartialEq)]
enum Error {
    End,
    Unexpected(char, usize),
    Number(usize),
    TooDeep,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Event<'a> {
    Null,
    Bool(bool),
    Number(f64),
    Text(&'a str),
    Key(&'a str),
    Open(bool),
    Close(bool),
}

struct Json<'a, F> {
    text: &'a str,
    chars: Peekable<CharIndices<'a>>,
    sink: F,
}

impl<'a, F: FnMut(Event<'a>)> Json<'a, F> {
    fn new(text: &'a str, sink: F) -> Self {
        Json { text, chars: text.char_indices().peekable(), sink }
    }
    fn skip_space(&mut self) {
        while self.chars.next_if(|(_, c)| c.is_whitespace()).is_some() {}
    }
    fn next(&mut self) -> Result<(usize, char), Error> {
        self.chars.next().ok_or(Error::End)
    }
    fn word(&mut self, rest: &str) -> Result<(), Error> {
        for want in rest.chars() {
            let (at, c) = self.next()?;
            if c != want {
                return Err(Error::Unexpected(c, at));
            }
        }
        Ok(())
    }
    fn string(&mut self, start: usize) -> Result<&'a str, Error> {
        loop {
            match self.next()? {
                (at, '"') => return Ok(&self.text[start + 1..at]),
                (_, '\\') => {
                    self.next()?;
                }
                _ => {}
            }
        }
    }
    fn number(&mut self, start: usize, first: char) -> Result<f64, Error> {
        let negative = first == '-';
        let mut value = first.to_digit(10).unwrap_or(0) as f64;
        let mut scale = 0.0;
        let mut end = start + 1;
        while let Some((at, c)) = self.chars.next_if(|(_, c)| c.is_ascii_digit() || *c == '.') {
            match c.to_digit(10) {
                Some(d) if scale == 0.0 => value = value * 10.0 + d as f64,
                Some(d) => {
                    value += d as f64 * scale;
                    scale /= 10.0;
                }
                None if scale != 0.0 => return Err(Error::Number(at)),
                None => scale = 0.1,
            }
            end = at + 1;
        }
        if negative && end == start + 1 {
            return Err(Error::Number(end));
        }
        Ok(if negative { -value } else { value })
    }
    fn value(&mut self, depth: u32) -> Result<(), Error> {
        if depth > 50 {
            return Err(Error::TooDeep);
        }
        self.skip_space();
        let (at, c) = self.next()?;
        match c {
            'n' => self.word("ull").map(|_| (self.sink)(Event::Null)),
            't' => self.word("rue").map(|_| (self.sink)(Event::Bool(true))),
            'f' => self.word("alse").map(|_| (self.sink)(Event::Bool(false))),
            '"' => self.string(at).map(|s| (self.sink)(Event::Text(s))),
            '-' | '0'..='9' => self.number(at, c).map(|n| (self.sink)(Event::Number(n))),
            '[' | '{' => self.members(c == '{', depth),
            _ => Err(Error::Unexpected(c, at)),
        }
    }
    fn members(&mut self, object: bool, depth: u32) -> Result<(), Error> {
        let close = if object { '}' } else { ']' };
        (self.sink)(Event::Open(object));
        self.skip_space();
        if self.chars.next_if(|(_, c)| *c == close).is_none() {
            loop {
                if object {
                    self.skip_space();
                    match self.next()? {
                        (at, '"') => {
                            let key = self.string(at)?;
                            (self.sink)(Event::Key(key));
                        }
                        (at, c) => return Err(Error::Unexpected(c, at)),
                    }
                    self.skip_space();
                    self.word(":")?;
                }
                self.value(depth + 1)?;
                self.skip_space();
                match self.next()? {
                    (_, ',') => {}
                    (_, c) if c == close => break,
                    (at, c) => return Err(Error::Unexpected(c, at)),
                }
            }
        }
        (self.sink)(Event::Close(object));
        Ok(())
    }
}

/// Arithmetic over i64 with precedence climbing.
struct Calculator<'a> {
    chars: Peekable<Chars<'a>>,
}

impl Calculator<'_> {
    fn primary(&mut self) -> Option<i64> {
        while self.chars.next_if_eq(&' ').is_some() {}
        match self.chars.next()? {
            '(' => {
                let v = self.expression(0)?;
                self.chars.next_if_eq(&')').map(|_| v)
            }
            '-' => self.primary().map(i64::wrapping_neg),
            c => {
                let mut v = c.to_digit(10)? as i64;
                while let Some(d) = self.chars.peek().and_then(|c| c.to_digit(10)) {
                    v = v.wrapping_mul(10).wrapping_add(d as i64);
                    self.chars.next();
                }
                Some(v)
            }
        }
    }
    fn expression(&mut self, least: u8) -> Option<i64> {
        let mut left = self.primary()?;
        loop {
            while self.chars.next_if_eq(&' ').is_some() {}
            let Some(&op) = self.chars.peek() else { return Some(left) };
            let power = match op {
                '+' | '-' => 1,
                '*' | '/' | '%' => 2,
                _ => return Some(left),
            };
            if power <= least {
                return Some(left);
            }
            self.chars.next();
            let right = self.expression(power)?;
            left = match op {
                '+' => left.wrapping_add(right),
                '-' => left.wrapping_sub(right),
                '*' => left.wrapping_mul(right),
                '/' => left.checked_div(right)?,
                _ => left.checked_rem(right)?,
            };
        }
    }
}

fn write_json(out: &mut Text, random: &mut Random, depth: u32) {
    let _ = match random.below(if depth > 5 { 5 } else { 9 }) {
        0 => write!(out, "null"),
        1 => write!(out, "{}", random.next() & 1 == 0),
        2 => write!(out, "\"text {} \\\" é ∑\"", random.below(1000)),
        3 | 4 => write!(out, "{}.{}", random.below(100_000) as i64 - 50_000, random.below(1000)),
        5 | 6 => {
            let _ = write!(out, "[ ");
            for _ in 0..random.below(6) {
                write_json(out, random, depth + 1);
                let _ = write!(out, ", ");
            }
            write!(out, "[]]")
        }
        _ => {
            let _ = write!(out, "{{");
            for i in 0..random.below(6) {
                let _ = write!(out, "\"key{i}\" :\t");
                write_json(out, random, depth + 1);
                let _ = write!(out, ",\n");
            }
            write!(out, "\"last\":{{}}}}")
        }
    };
}

fn events(text: &str) -> Result<u64, Error> {
    let mut sum = 0u64;
    Json::new(text, |e| {
        sum = mix(sum, match e {
            Event::Null => 1,
            Event::Bool(b) => 2 + b as u64,
            Event::Number(n) => n.to_bits(),
            Event::Text(s) => s.len() as u64 + 10,
            Event::Key(s) => s.as_bytes().last().map_or(7, |&b| b as u64),
            Event::Open(o) => 1000 + o as u64,
            Event::Close(o) => 2000 + o as u64,
        })
    })
    .value(0)?;
    Ok(sum)
}

const ROUNDS: u32 = 5;

fn run() {
    let mut random = Random::new(3);
    let mut text = Text::new();
    let _ = write!(text, "[");
    while text.0.len() < 60_000 {
        write_json(&mut text, &mut random, 0);
        let _ = write!(text, ",");
    }
    let _ = write!(text, "1]");
    let mut sum = 0;
    for cut in 0..150 {
        sum = mix(sum, events(text.as_str()).unwrap_or(3));
        let part = &text.as_str()[..text.as_str().floor_char_boundary(cut * 100)];
        sum = mix(sum, match events(part) {
            Ok(s) => s,
            Err(Error::End) => 1,
            Err(Error::Unexpected(c, at)) => c as u64 + at as u64,
            Err(Error::Number(at)) => at as u64,
            Err(Error::TooDeep) => 2,
        });
    }
    report("json", sum);
    let mut lines = Vector::new();
    for _ in 0..200 {
        let mut line = Text::new();
        for _ in 0..random.below(30) {
            let op = ['+', '-', '*', '/', '%'][random.below(5) as usize];
            let _ = write!(line, "({} {op} -{}) {op} ", random.below(1 << 20), 1 + random.below(99));
        }
        let _ = write!(line, "7");
        lines.push(line);
    }
    let mut sum = 0;
    for _ in 0..100 {
        for line in lines.iter() {
            let value = Calculator { chars: line.as_str().chars().peekable() }.expression(0);
            sum = mix(sum, value.map_or(1, |v| v as u64));
        }
    }
    report("arithmetic", sum);
}
