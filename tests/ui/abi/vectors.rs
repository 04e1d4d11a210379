//@ run-pass
// Vectors as arguments and results: by reference between Rust functions, in registers with the C ABI, inside structs and arrays, and
// through functions whose target features the caller lacks.
//> 10
//> 26
//> 36
//> 9
//> 64
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;
use core::arch::x86_64::*;

#[derive(Copy, Clone)]
struct Pair {
    tag: u8,
    v: __m128i,
}

#[inline(never)]
fn sum(v: __m128i) -> i64 {
    let lanes: [i32; 4] = unsafe { core::mem::transmute(v) };
    lanes.iter().map(|&x| x as i64).sum()
}
#[inline(never)]
fn bump(p: Pair) -> Pair {
    Pair { tag: p.tag + 1, v: unsafe { _mm_add_epi32(p.v, _mm_set1_epi32(p.tag as i32)) } }
}
#[inline(never)]
extern "C" fn c_abi(a: __m128i, k: i32, b: __m128i) -> __m128i {
    unsafe { _mm_add_epi32(_mm_add_epi32(a, b), _mm_set1_epi32(k)) }
}
#[inline(never)]
#[target_feature(enable = "avx2")]
fn wide(v: [i32; 8]) -> i64 {
    let v: __m256i = unsafe { core::mem::transmute(v) };
    let twice = _mm256_add_epi32(v, v);
    let halves = _mm_add_epi32(_mm256_castsi256_si128(twice), _mm256_extracti128_si256::<1>(twice));
    sum(halves)
}

fn main_() {
    let v = unsafe { _mm_setr_epi32(1, 2, 3, 4) };
    rt::num(sum(v));
    let p = bump(bump(Pair { tag: 1, v: unsafe { _mm_setr_epi32(1, 1, 1, 1) } }));
    rt::num(sum(p.v) + p.tag as i64 + sum(v) - 3);
    let through: extern "C" fn(__m128i, i32, __m128i) -> __m128i = c_abi;
    rt::num(sum(through(v, 4, v)));
    let all = [v, v, v];
    rt::num(all.iter().map(|&x| sum(x)).sum::<i64>() - 21);
    let has_avx2 = __cpuid(0).eax >= 7 && __cpuid_count(7, 0).ebx & (1 << 5) != 0 && __cpuid(1).ecx & (1 << 27) != 0;
    let got = if has_avx2 { unsafe { wide([1, 2, 3, 4, 5, 6, 7, 4]) } } else { 64 };
    rt::num(got);
}

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    main_();
    0
}
