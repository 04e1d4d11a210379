//@ package: librust-bitflags-dev
#![no_std]
#![no_main]
#[path = "../ui/support/rt_alloc.rs"]
#[macro_use]
mod rt;

use bitflags::bitflags;
bitflags! {
    #[derive(Default)]
    struct Flags: u32 {
        const A = 0b001;
        const B = 0b010;
        const C = 0b100;
        const ABC = Self::A.bits | Self::B.bits | Self::C.bits;
    }
}
#[no_mangle]
pub extern "C" fn main() -> i32 {
    let mut f = Flags::A | Flags::C;
    println!("{:?} {:?} {:?}", f, Flags::empty(), Flags::ABC);
    f.toggle(Flags::B);
    f.remove(Flags::A);
    println!("{:?} {:#x} {} {}", f, f, f.contains(Flags::B), f.intersects(Flags::A));
    println!("{:?} {:?}", Flags::from_bits(9), Flags::from_bits_truncate(9));
    println!("{:?} {:?} {:?}", !f, f - Flags::C, f ^ Flags::all());
    println!("{:?}", [Flags::A, Flags::B].iter().copied().collect::<Flags>());
    println!("{}", f > Flags::A);
    0
}
