//! Big integers: addition, schoolbook multiplication, division, decimal digits; Fibonacci and factorials.
#![no_std]
#![no_main]
mod support;
use core::cmp::Ordering;
use core::fmt::{self, Write};
use core::ops::{AddAssign, Mul, SubAssign};
use support::{Text, Vector, mix, report};

struct Big(Vector<u64>);

impl Big {
    fn from(n: u64) -> Self {
        Big([n].into_iter().collect())
    }
    fn trim(mut self) -> Self {
        while self.0.len() > 1 && self.0.last() == Some(&0) {
            self.0.pop();
        }
        self
    }
    fn scale(&mut self, factor: u64, mut carry: u64) {
        for limb in self.0.iter_mut() {
            let wide = *limb as u128 * factor as u128 + carry as u128;
            *limb = wide as u64;
            carry = (wide >> 64) as u64;
        }
        if carry != 0 {
            self.0.push(carry);
        }
    }
    fn divide(&mut self, by: u64) -> u64 {
        let mut rest = 0u128;
        for limb in self.0.iter_mut().rev() {
            let wide = rest << 64 | *limb as u128;
            *limb = (wide / by as u128) as u64;
            rest = wide % by as u128;
        }
        while self.0.len() > 1 && self.0.last() == Some(&0) {
            self.0.pop();
        }
        rest as u64
    }
    fn copy(&self) -> Big {
        Big(self.0.iter().copied().collect())
    }
    fn is_zero(&self) -> bool {
        matches!(*self.0, [0])
    }
    fn shift_right(&mut self) {
        let mut carry = 0;
        for limb in self.0.iter_mut().rev() {
            let next = *limb << 63;
            *limb = *limb >> 1 | carry;
            carry = next;
        }
        while self.0.len() > 1 && self.0.last() == Some(&0) {
            self.0.pop();
        }
    }
}

impl PartialEq for Big {
    fn eq(&self, o: &Big) -> bool {
        *self.0 == *o.0
    }
}
impl PartialOrd for Big {
    fn partial_cmp(&self, o: &Big) -> Option<Ordering> {
        Some(self.0.len().cmp(&o.0.len()).then_with(|| self.0.iter().rev().cmp(o.0.iter().rev())))
    }
}

impl AddAssign<&Big> for Big {
    fn add_assign(&mut self, o: &Big) {
        while self.0.len() < o.0.len() {
            self.0.push(0);
        }
        let mut carry = false;
        for (i, a) in self.0.iter_mut().enumerate() {
            let b = o.0.get(i).copied().unwrap_or(0);
            (*a, carry) = a.carrying_add(b, carry);
        }
        if carry {
            self.0.push(1);
        }
    }
}
impl SubAssign<&Big> for Big {
    fn sub_assign(&mut self, o: &Big) {
        let mut borrow = false;
        for (i, a) in self.0.iter_mut().enumerate() {
            let b = o.0.get(i).copied().unwrap_or(0);
            let (d, first) = a.overflowing_sub(b);
            let (d, second) = d.overflowing_sub(borrow as u64);
            *a = d;
            borrow = first | second;
        }
        while self.0.len() > 1 && self.0.last() == Some(&0) {
            self.0.pop();
        }
    }
}
impl Mul for &Big {
    type Output = Big;
    fn mul(self, o: &Big) -> Big {
        let mut r = Vector::filled(0, self.0.len() + o.0.len());
        for (i, &a) in self.0.iter().enumerate() {
            let mut carry = 0u64;
            for (slot, &b) in r[i..].iter_mut().zip(o.0.iter()) {
                let wide = a as u128 * b as u128 + *slot as u128 + carry as u128;
                *slot = wide as u64;
                carry = (wide >> 64) as u64;
            }
            r[i + o.0.len()] = carry;
        }
        Big(r).trim()
    }
}

impl fmt::Display for Big {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.copy();
        let mut parts = Vector::new();
        while !rest.is_zero() {
            parts.push(rest.divide(1_000_000_000_000_000_000));
        }
        write!(f, "{}", parts.pop().unwrap_or(0))?;
        parts.iter().rev().try_for_each(|p| write!(f, "{p:018}"))
    }
}

fn gcd(mut a: Big, mut b: Big) -> Big {
    let mut twos = 0;
    while a.0[0] & 1 == 0 && b.0[0] & 1 == 0 {
        a.shift_right();
        b.shift_right();
        twos += 1;
    }
    while !a.is_zero() {
        while a.0[0] & 1 == 0 {
            a.shift_right();
        }
        while b.0[0] & 1 == 0 {
            b.shift_right();
        }
        if a >= b {
            a -= &b;
        } else {
            b -= &a;
        }
        if b.is_zero() {
            break;
        }
    }
    let mut r = if a.is_zero() { b } else { a };
    for _ in 0..twos {
        r.scale(2, 0);
    }
    r
}

fn fibonacci(n: u32) -> Big {
    let (mut a, mut b) = (Big::from(0), Big::from(1));
    for _ in 0..n {
        a += &b;
        (a, b) = (b, a);
    }
    a
}

const ROUNDS: u32 = 7;

fn run() {
    let mut text = Text::new();
    let mut factorial = Big::from(1);
    for n in 1..2000 {
        factorial.scale(n, 0);
    }
    for _ in 0..10 {
        let _ = write!(text, "{} {}\n", fibonacci(10_000), factorial);
    }
    let mut product = Big::from(3);
    for _ in 0..15 {
        product = &product * &product;
    }
    for _ in 0..100 {
        let p = &product * &factorial;
        text.0.push(p.0[p.0.len() / 2] as u8);
    }
    let _ = write!(text, "{}", gcd(fibonacci(3000), fibonacci(4500)));
    report("digits", text.0.iter().fold(text.0.len() as u64, |s, &b| mix(s, b as u64)));
}
