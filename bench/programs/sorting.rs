//! Sorting: core's sorts, a quick sort, a heap sort and a merge sort of ours, then searching in what is sorted.
#![no_std]
#![no_main]
mod support;
use core::cmp::Ordering;
use support::{Random, Vector, mix, report};

fn quick_sort<T, F: FnMut(&T, &T) -> bool>(v: &mut [T], less: &mut F) {
    if v.len() < 16 {
        for i in 1..v.len() {
            let mut j = i;
            while j > 0 && less(&v[j], &v[j - 1]) {
                v.swap(j, j - 1);
                j -= 1;
            }
        }
        return;
    }
    let middle = v.len() / 2;
    v.swap(0, middle);
    let mut store = 0;
    for i in 1..v.len() {
        if less(&v[i], &v[0]) {
            store += 1;
            v.swap(i, store);
        }
    }
    v.swap(0, store);
    let (left, right) = v.split_at_mut(store);
    quick_sort(left, less);
    quick_sort(&mut right[1..], less);
}

fn heap_sort<T: Ord>(v: &mut [T]) {
    fn sift<T: Ord>(v: &mut [T], mut root: usize) {
        loop {
            let mut child = 2 * root + 1;
            if child >= v.len() {
                return;
            }
            if child + 1 < v.len() && v[child] < v[child + 1] {
                child += 1;
            }
            if v[root] >= v[child] {
                return;
            }
            v.swap(root, child);
            root = child;
        }
    }
    for i in (0..v.len() / 2).rev() {
        sift(v, i);
    }
    for end in (1..v.len()).rev() {
        v.swap(0, end);
        sift(&mut v[..end], 0);
    }
}

fn merge_sort<T: Copy + PartialOrd>(v: &mut [T], scratch: &mut [T]) {
    if v.len() < 2 {
        return;
    }
    let middle = v.len() / 2;
    merge_sort(&mut v[..middle], scratch);
    merge_sort(&mut v[middle..], scratch);
    scratch[..v.len()].copy_from_slice(v);
    let (left, right) = scratch[..v.len()].split_at(middle);
    let (mut a, mut b) = (0, 0);
    for slot in v.iter_mut() {
        if b >= right.len() || a < left.len() && left[a] <= right[b] {
            *slot = left[a];
            a += 1;
        } else {
            *slot = right[b];
            b += 1;
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Record {
    class: u8,
    name: [u8; 6],
    weight: i32,
}

fn record(random: &mut Random) -> Record {
    let r = random.next();
    let mut name = [0; 6];
    name.copy_from_slice(&random.next().to_le_bytes()[..6]);
    Record { class: (r >> 60) as u8, name, weight: r as i32 }
}

fn sum_up(v: &[Record]) -> u64 {
    v.iter().fold(0, |s, r| mix(s, r.weight as u32 as u64 ^ (r.class as u64) << 32))
}

const ROUNDS: u32 = 2;

fn run() {
    let mut random = Random::new(2);
    let numbers: Vector<u64> = (0..100_000).map(|_| random.next()).collect();
    let records: Vector<Record> = (0..40_000).map(|_| record(&mut random)).collect();
    let mut sum = 0;
    for round in 0..4 {
        let mut v: Vector<u64> = numbers.iter().map(|n| n ^ round).collect();
        v.sort_unstable();
        sum = mix(sum, v[round as usize * 100]);
        let found = numbers.iter().filter(|n| v.binary_search(&(**n ^ round)).is_ok()).count();
        sum = mix(sum, found as u64);
        let mut v: Vector<u64> = numbers.iter().map(|n| n ^ round).collect();
        quick_sort(&mut v, &mut |a, b| a > b);
        sum = mix(sum, v[7]);
        let mut v: Vector<u32> = numbers.iter().map(|n| *n as u32).collect();
        heap_sort(&mut v);
        sum = mix(sum, v[77] as u64);
        let mut v: Vector<i32> = numbers[..1 << 16].iter().map(|n| *n as i32).collect();
        let mut scratch = Vector::filled(i32::MAX, 1 << 17);
        merge_sort(&mut v, &mut scratch);
        sum = mix(sum, v[777] as u64);
        let mut v: Vector<Record> = records.iter().copied().collect();
        v.sort_unstable_by(|a, b| b.cmp(a));
        sum = mix(sum, sum_up(&v));
        v.sort_unstable_by_key(|r| (r.weight, r.class));
        sum = mix(sum, sum_up(&v));
        quick_sort(&mut v, &mut |a, b| a.name.cmp(&b.name).then(b.weight.cmp(&a.weight)) == Ordering::Less);
        sum = mix(sum, sum_up(&v));
        v.select_nth_unstable(1000);
        sum = mix(sum, v[1000].weight as u64);
    }
    report("sorted", sum);
}
