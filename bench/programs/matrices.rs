//! Matrices: products of slices, const-generic matrices with operators, LU decomposition, a stencil.
#![no_std]
#![no_main]
mod support;
use core::ops::{Add, Index, IndexMut, Mul};
use support::{Random, Vector, mix, report};

#[derive(Clone, Copy)]
struct Small<const R: usize, const C: usize>([[f32; C]; R]);

impl<const R: usize, const C: usize, const N: usize> Mul<Small<C, N>> for Small<R, C> {
    type Output = Small<R, N>;
    fn mul(self, other: Small<C, N>) -> Small<R, N> {
        let mut r = Small([[0.0; N]; R]);
        for i in 0..R {
            for j in 0..N {
                for k in 0..C {
                    r.0[i][j] += self.0[i][k] * other.0[k][j];
                }
            }
        }
        r
    }
}

impl<const R: usize, const C: usize> Add for Small<R, C> {
    type Output = Self;
    fn add(mut self, other: Self) -> Self {
        for (a, b) in self.0.as_flattened_mut().iter_mut().zip(other.0.as_flattened()) {
            *a = (*a + b) * 0.5;
        }
        self
    }
}

struct Matrix {
    data: Vector<f64>,
    n: usize,
}

impl Index<(usize, usize)> for Matrix {
    type Output = f64;
    fn index(&self, (r, c): (usize, usize)) -> &f64 {
        &self.data[r * self.n + c]
    }
}

impl IndexMut<(usize, usize)> for Matrix {
    fn index_mut(&mut self, (r, c): (usize, usize)) -> &mut f64 {
        &mut self.data[r * self.n + c]
    }
}

impl Matrix {
    fn random(n: usize, random: &mut Random) -> Self {
        Matrix { data: (0..n * n).map(|_| random.below(1000) as f64 / 500.0 - 1.0).collect(), n }
    }
    fn times(&self, other: &Matrix) -> Matrix {
        let n = self.n;
        let mut r = Matrix { data: Vector::filled(0.0, n * n), n };
        for (row, out) in self.data.chunks_exact(n).zip(r.data.chunks_exact_mut(n)) {
            for (&a, b) in row.iter().zip(other.data.chunks_exact(n)) {
                for (o, &x) in out.iter_mut().zip(b) {
                    *o += a * x;
                }
            }
        }
        r
    }
    fn determinant(&mut self) -> f64 {
        let mut det = 1.0;
        for i in 0..self.n {
            let pivot = (i..self.n).max_by(|&a, &b| self[(a, i)].abs().total_cmp(&self[(b, i)].abs())).unwrap();
            if pivot != i {
                for c in 0..self.n {
                    let t = self[(i, c)];
                    self[(i, c)] = self[(pivot, c)];
                    self[(pivot, c)] = t;
                }
                det = -det;
            }
            det *= self[(i, i)];
            for r in i + 1..self.n {
                let f = self[(r, i)] / self[(i, i)];
                for c in i..self.n {
                    let t = self[(i, c)] * f;
                    self[(r, c)] -= t;
                }
            }
        }
        det
    }
}

fn relax(grid: &mut [[f32; 128]; 128]) {
    let old = *grid;
    for y in 1..127 {
        for x in 1..127 {
            grid[y][x] = (old[y - 1][x] + old[y + 1][x] + old[y][x - 1] + old[y][x + 1]) * 0.25;
        }
    }
}

const ROUNDS: u32 = 8;

fn run() {
    let mut random = Random::new(4);
    let mut sum = 0;
    let (a, b) = (Matrix::random(160, &mut random), Matrix::random(160, &mut random));
    for _ in 0..12 {
        let mut p = a.times(&b);
        sum = mix(sum, p.data.iter().sum::<f64>().to_bits());
        sum = mix(sum, p.determinant().to_bits());
    }
    report("matrix", sum);
    let mut m = Small::<4, 4>([[0.25; 4]; 4]);
    let v = Small::<4, 3>([[0.5, 0.25, 0.125]; 4]);
    let mut sum = 0;
    for i in 0..400_000u32 {
        m.0[(i & 3) as usize][(i >> 2 & 3) as usize] = (i % 7) as f32 * 0.1;
        m = m * m + m;
        let p = m * v;
        sum = mix(sum, p.0[(i & 3) as usize][(i % 3) as usize].to_bits() as u64);
    }
    report("small", sum);
    let mut grid = [[0f32; 128]; 128];
    for (i, row) in grid.iter_mut().enumerate() {
        row[i] = 1000.0;
        row[0] = i as f32;
    }
    for _ in 0..4000 {
        relax(&mut grid);
    }
    report("stencil", grid.as_flattened().iter().fold(0, |s, v| mix(s, v.to_bits() as u64)));
}
