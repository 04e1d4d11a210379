//@ run-pass
//@ compile-flags: -C link-arg=-lm
// The simd_* intrinsics on vectors of our own: operators, comparisons and masks, shuffles, reductions, conversions, memory.
//> 11
//> 18
//> -27
//> 2147483643
//> -18
//> -44
//> 66
//> -6
//> 10
//> -10
//> -10
//> -536870911
//> 5
//> 5
//> -4
//> 134217727
//> 11
//> -22
//> -31
//> -2147483645
//> -1
//> 2
//> -3
//> 4
//> -1
//> -1
//> 0
//> -1
//> 1
//> -2
//> -30
//> -4
//> 11
//> 1
//> 20
//> 3
//> 2147483647
//> 2147483647
//> 1
//> 20
//> 3
//> 77
//> 20
//> 98
//> 24
//> 2147483677
//> 0
//> 2
//> 1
//> -2
//> 2147483647
//> 0
//> 1
//> -3
//> 8
//> -1
//> 9999999998
//> -4
//> 79
//> 8
//> 13330
//> 31
//> 8
//> -2
//> 6
//> 7
//> 1
//> 6
//> 7
//> -4
//> -2147483637
//> 12033
#![feature(core_intrinsics, repr_simd, portable_simd)]
#![allow(internal_features)]
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;
use core::intrinsics::simd::*;

#[repr(simd)]
#[derive(Copy, Clone)]
struct V<T, const N: usize>([T; N]);
impl<T: Copy, const N: usize> V<T, N> {
    fn lanes(self) -> [T; N] {
        unsafe { core::mem::transmute_copy(&self) }
    }
}
#[repr(simd, packed)]
#[derive(Copy, Clone)]
struct Three([i32; 3]);

fn show<const N: usize>(v: V<i32, N>) {
    for x in v.lanes() {
        rt::num(x as i64);
    }
}
const INDEX: V<u32, 4> = V([7, 0, 5, 2]);

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    let a = V([1i32, -2, 3, -4]);
    let b = V([10i32, 20, -30, i32::MAX]);
    unsafe {
        show(simd_add(a, b));
        show(simd_mul(simd_sub(a, b), simd_splat::<V<i32, 4>, i32>(2)));
        show(simd_div(b, a));
        show(simd_shr(b, V([1i32, 2, 3, 4])));
        show(simd_xor(a, b));
        show(simd_neg(a));
        let less: V<i32, 4> = simd_lt(a, b);
        show(less);
        show(simd_select(less, a, b));
        rt::num(simd_bitmask::<_, u8>(less) as i64);
        show(simd_select_bitmask(0b0101u8, a, b));
        show(simd_shuffle::<_, _, V<i32, 4>>(a, b, const { INDEX }));
        rt::num(simd_extract::<_, i32>(simd_insert(a, 2, 77i32), 2) as i64);
        rt::num(simd_extract_dyn::<_, i32>(b, 1) as i64);
        rt::num(simd_reduce_add_ordered::<_, i32>(a, 100) as i64);
        rt::num(simd_reduce_mul_unordered::<_, i32>(a) as i64);
        rt::num(simd_reduce_max::<_, i32>(b) as i64 - simd_reduce_min::<_, i32>(b) as i64);
        rt::num(simd_reduce_xor::<_, i32>(a) as i64);
        rt::num(simd_reduce_any(less) as i64 * 2 + simd_reduce_all(less) as i64);
        let f = V([1.5f64, -2.5, 1e10, -0.75]);
        show(simd_as::<_, V<i32, 4>>(f));
        show(simd_cast::<_, V<i32, 4>>(simd_floor(V([1.5f32, -2.5, 8.25, -0.75]))));
        rt::num(simd_reduce_add_ordered::<_, f64>(f, 0.25) as i64);
        let wide: V<i64, 4> = simd_cast(a);
        rt::num(simd_extract::<_, i64>(wide, 3));
        let unsigned: V<u8, 8> = simd_saturating_add(V([250u8, 1, 2, 3, 4, 5, 6, 255]), simd_splat(10u8));
        rt::num(simd_reduce_add_ordered::<_, u8>(unsigned, 0) as i64);
        rt::num(simd_extract::<_, u8>(simd_ctlz(V([16u8, 0, 1, 2])), 1) as i64);
        rt::num(simd_extract::<_, u16>(simd_bswap(V([0x1234u16, 1])), 0) as i64);
        let fma = simd_fma(V([2.0f32, 3.0]), V([5.0f32, 7.0]), V([1.0f32, -1.0]));
        rt::num(simd_reduce_add_ordered::<_, f32>(fma, 0.0) as i64);
        let data = [5i32, 6, 7, 8];
        let p = data.as_ptr();
        let pointers = simd_arith_offset(simd_splat::<V<*const i32, 4>, *const i32>(p), V([3isize, 0, 1, 2]));
        show(simd_gather(a, pointers, V([-1i32, 0, -1, -1])));
        show(simd_masked_load::<_, _, _, { SimdAlign::Element }>(V([0i32, -1, -1, 0]), p, a));
        let mut out = [0i32; 4];
        simd_masked_store::<_, _, _, { SimdAlign::Element }>(V([-1i32, 0, 0, -1]), out.as_mut_ptr(), b);
        rt::num(out[0] as i64 + out[1] as i64 - out[3] as i64);
        let three: Three = simd_add(Three([1, 2, 3]), Three([10, 20, 30]));
        rt::num(core::mem::size_of::<Three>() as i64 * 1000 + simd_extract::<_, i32>(three, 2) as i64);
    }
    0
}
