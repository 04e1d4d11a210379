//@ package: librust-spin-dev
//@ features: mutex,spin_mutex,rwlock,once,lazy,barrier,ticket_mutex
#![no_std]
#![no_main]
#[path = "../ui/support/rt_alloc.rs"]
#[macro_use]
mod rt;

use spin::{Barrier, Lazy, Mutex, Once, RwLock};
static M: Mutex<u32> = Mutex::new(5);
static O: Once<u32> = Once::new();
static L: Lazy<u32> = Lazy::new(|| { println!("lazily"); 11 });
#[no_mangle]
pub extern "C" fn main() -> i32 {
    *M.lock() += 1;
    println!("{:?} {}", M.try_lock().map(|g| *g), M.is_locked());
    println!("{:?} {} {:?}", O.get(), O.call_once(|| 3), O.get());
    println!("{} {}", *L, *L);
    let r = RwLock::new([1, 2]);
    { let (a, b) = (r.read(), r.read()); println!("{} {} {}", a[0], b[1], r.try_write().is_none()); }
    r.write()[0] = 9;
    let u = r.upgradeable_read();
    println!("{:?}", u.upgrade()[0]);
    println!("{} {:?}", Barrier::new(1).wait().is_leader(), r);
    println!("{}", *spin::mutex::TicketMutex::<_>::new(8).lock());
    0
}
