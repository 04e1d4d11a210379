//@ run-pass
// core::arch's SSE2 functions: LLVM's x86 intrinsics by name, constant immediates, shuffles, conversions, loads and stores.
//> 11
//> 22
//> 33
//> -36
//> 900
//> 2100
//> 3300
//> -300
//> 4
//> 3
//> 2
//> 1
//> 2
//> 5
//> 7
//> -10
//> 0
//> 1
//> 2
//> 3
//> 0
//> 0
//> 0
//> -1
//> 2147450879
//> 2147450879
//> -2147450880
//> -2147450880
//> 48
//> 0
//> 48
//> 0
//> 2
//> 2
//> -4
//> -2147483648
//> -7
//> 8
//> 0
//> 0
//> 32853
//> 65534
//> 150
//> 12
//> 7
//> 1
//> 12884901885
//> 2
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;
use core::arch::x86_64::*;

fn lanes32(v: __m128i) {
    let mut out = [0i32; 4];
    unsafe { _mm_storeu_si128(out.as_mut_ptr() as *mut __m128i, v) };
    for x in out {
        rt::num(x as i64);
    }
}

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    unsafe {
        let a = _mm_set_epi32(4, 3, 2, 1);
        let b = _mm_setr_epi32(10, 20, 30, -40);
        lanes32(_mm_add_epi32(a, b));
        lanes32(_mm_madd_epi16(_mm_set1_epi16(300), _mm_setr_epi16(1, 2, 3, 4, 5, 6, 7, -8)));
        lanes32(_mm_shuffle_epi32::<0b00_01_10_11>(a));
        lanes32(_mm_srai_epi32::<2>(b));
        lanes32(_mm_slli_si128::<4>(a));
        lanes32(_mm_cmpgt_epi32(a, b));
        lanes32(_mm_packs_epi32(_mm_set1_epi32(100000), _mm_set1_epi32(-100000)));
        lanes32(_mm_sad_epu8(_mm_set1_epi8(3), _mm_set1_epi8(9)));
        lanes32(_mm_cvtps_epi32(_mm_setr_ps(1.5, 2.5, -3.5, 1e10)));
        lanes32(_mm_cvttpd_epi32(_mm_setr_pd(-7.9, 8.9)));
        rt::num(_mm_movemask_epi8(_mm_cmplt_epi8(_mm_setr_epi8(-1, 2, -3, 4, -5, 6, -7, 8, 9, 10, 11, 12, 13, 14, 15, -16), _mm_setzero_si128())) as i64);
        rt::num(_mm_extract_epi16::<5>(_mm_setr_epi16(0, 1, 2, 3, 4, -2, 6, 7)) as i64);
        let root = _mm_sqrt_pd(_mm_set_pd(144.0, 2.25));
        rt::num((_mm_cvtsd_f64(root) * 100.0) as i64);
        rt::num(_mm_cvtsd_f64(_mm_unpackhi_pd(root, root)) as i64);
        rt::num(_mm_cvtss_f32(_mm_max_ps(_mm_set1_ps(-1.0), _mm_set1_ps(7.0))) as i64);
        rt::num(_mm_comilt_sd(_mm_set_sd(1.0), _mm_set_sd(2.0)) as i64);
        rt::num(_mm_cvtsi128_si64(_mm_mul_epu32(_mm_set1_epi32(-1), _mm_set1_epi32(3))));
        rt::num(_mm_movemask_pd(_mm_cmp_sign(root)) as i64);
    }
    0
}

#[allow(non_snake_case)]
unsafe fn _mm_cmp_sign(v: __m128d) -> __m128d {
    unsafe { _mm_xor_pd(v, _mm_set_pd(-0.0, 0.0)) }
}
