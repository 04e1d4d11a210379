//@ package: librust-lock-api-dev
//@ depends: scopeguard
#![no_std]
#![no_main]
#[path = "../ui/support/rt_alloc.rs"]
#[macro_use]
mod rt;

use core::sync::atomic::{AtomicBool, Ordering};
use lock_api::{GuardSend, Mutex, RawMutex};
struct Spin(AtomicBool);
unsafe impl RawMutex for Spin {
    const INIT: Spin = Spin(AtomicBool::new(false));
    type GuardMarker = GuardSend;
    fn lock(&self) { while !self.try_lock() {} }
    fn try_lock(&self) -> bool { self.0.compare_exchange(false, true, Ordering::Acquire, Ordering::Relaxed).is_ok() }
    unsafe fn unlock(&self) { self.0.store(false, Ordering::Release) }
}
static M: Mutex<Spin, [u32; 3]> = Mutex::const_new(Spin::INIT, [1, 2, 3]);
#[no_mangle]
pub extern "C" fn main() -> i32 {
    {
        let mut g = M.lock();
        g[1] = 20;
        println!("{:?} {:?} {}", *g, M.try_lock().is_none(), M.is_locked());
    }
    let part = lock_api::MutexGuard::map(M.lock(), |a| &mut a[1]);
    println!("{} {:?}", *part, M);
    drop(part);
    println!("{:?} {:?}", M, Mutex::<Spin, u8>::new(4).into_inner());
    0
}
