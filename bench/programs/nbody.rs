//! The planets' orbits in f64: structs of arrays and arrays of structs, and a Mandelbrot set.
#![no_std]
#![no_main]
mod support;
use core::ops::{Add, AddAssign, Mul, Sub, SubAssign};
use support::{mix, report};

#[derive(Clone, Copy, PartialEq, Debug)]
struct Vec3 {
    x: f64,
    y: f64,
    z: f64,
}

const fn v(x: f64, y: f64, z: f64) -> Vec3 {
    Vec3 { x, y, z }
}

impl Add for Vec3 {
    type Output = Vec3;
    fn add(self, o: Vec3) -> Vec3 {
        v(self.x + o.x, self.y + o.y, self.z + o.z)
    }
}
impl Sub for Vec3 {
    type Output = Vec3;
    fn sub(self, o: Vec3) -> Vec3 {
        v(self.x - o.x, self.y - o.y, self.z - o.z)
    }
}
impl Mul<f64> for Vec3 {
    type Output = Vec3;
    fn mul(self, k: f64) -> Vec3 {
        v(self.x * k, self.y * k, self.z * k)
    }
}
impl AddAssign for Vec3 {
    fn add_assign(&mut self, o: Vec3) {
        *self = *self + o;
    }
}
impl SubAssign for Vec3 {
    fn sub_assign(&mut self, o: Vec3) {
        *self = *self - o;
    }
}
impl Vec3 {
    fn dot(self, o: Vec3) -> f64 {
        self.x * o.x + self.y * o.y + self.z * o.z
    }
}

#[derive(Clone, Copy)]
struct Body {
    at: Vec3,
    speed: Vec3,
    mass: f64,
}

fn root(x: f64) -> f64 {
    // Newton's steps from a guess by the exponent.
    let mut r = f64::from_bits((x.to_bits() >> 1) + (0x3ff0_0000_0000_0000 >> 1));
    for _ in 0..4 {
        r = 0.5 * (r + x / r);
    }
    r
}

fn advance(bodies: &mut [Body], dt: f64) {
    for i in 0..bodies.len() {
        let (left, right) = bodies.split_at_mut(i + 1);
        let a = &mut left[i];
        for b in right {
            let d = a.at - b.at;
            let square = d.dot(d);
            let pull = dt / (square * root(square));
            a.speed -= d * (b.mass * pull);
            b.speed += d * (a.mass * pull);
        }
    }
    for b in bodies {
        b.at += b.speed * dt;
    }
}

fn energy(bodies: &[Body]) -> f64 {
    let mut e = 0.0;
    for (i, a) in bodies.iter().enumerate() {
        e += 0.5 * a.mass * a.speed.dot(a.speed);
        for b in &bodies[i + 1..] {
            let d = a.at - b.at;
            e -= a.mass * b.mass / root(d.dot(d));
        }
    }
    e
}

fn mandelbrot(size: usize) -> u64 {
    let mut sum = 0;
    for py in 0..size {
        let mut inside = 0u64;
        for px in 0..size {
            let (cx, cy) = (px as f64 * 3.0 / size as f64 - 2.0, py as f64 * 2.0 / size as f64 - 1.0);
            let (mut x, mut y) = (0.0, 0.0);
            let mut n = 0;
            while n < 100 && x * x + y * y <= 4.0 {
                (x, y) = (x * x - y * y + cx, 2.0 * x * y + cy);
                n += 1;
            }
            inside += n;
        }
        sum = mix(sum, inside);
    }
    sum
}

const ROUNDS: u32 = 6;

fn run() {
    let body = |at, speed, mass| Body { at, speed, mass };
    let mut bodies = [
        body(v(0.0, 0.0, 0.0), v(0.0, 0.0, 0.0), 39.478417604357434),
        body(v(4.84, -1.16, -0.1036), v(0.606, 2.811, -0.0252), 0.03769),
        body(v(8.34, 4.12, -0.403), v(-1.01, 1.825, 0.0084), 0.01128),
        body(v(12.89, -15.11, -0.223), v(1.082, 0.868, -0.0108), 0.0017),
        body(v(15.37, -25.9, 0.179), v(0.979, 0.594, -0.034), 0.00203),
    ];
    let mut sum = energy(&bodies).to_bits();
    for _ in 0..40 {
        for _ in 0..7_500 {
            advance(&mut bodies, 0.01);
        }
        sum = mix(sum, energy(&bodies).to_bits());
    }
    report("orbits", sum);
    report("mandelbrot", mandelbrot(400));
}
