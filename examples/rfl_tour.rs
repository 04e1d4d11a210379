//! A tour of what the Linux kernel's Rust asks of a compiler, one part after another, on stock `core` and
//! without one `#![feature]` line: the kernel's own `Arc` as a method receiver and as `dyn`, asm goto, `offset_of!` of
//! nested fields, pointers to statics in constants, and a table of operations in read-only memory.

#![no_std]
#![no_main]

use core::arch::asm;
use core::cell::UnsafeCell;
use core::fmt::{self, Write};
use core::marker::{PhantomData, Unsize};
use core::mem::{align_of, offset_of, size_of};
use core::ops::{CoerceUnsized, Deref, DispatchFromDyn};
use core::ptr::NonNull;
use core::sync::atomic::{AtomicUsize, Ordering};

// ---- the ground: a console, an exit, a heap that only grows ----

struct Console;

impl Write for Console {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        // SAFETY: write(1, text) reads only the text.
        unsafe {
            asm!("syscall", inlateout("rax") 1usize => _, in("rdi") 1, in("rsi") text.as_ptr(), in("rdx") text.len(),
                 out("rcx") _, out("r11") _, options(nostack, readonly))
        }
        Ok(())
    }
}

macro_rules! pr_info {
    ($($arg:tt)*) => { { let _ = writeln!(Console, $($arg)*); } };
}

fn exit(code: i32) -> ! {
    // SAFETY: exit_group does not come back.
    unsafe { asm!("syscall", in("rax") 231, in("rdi") code, options(noreturn, nostack)) }
}

#[panic_handler]
fn panic(info: &core::panic::PanicInfo<'_>) -> ! {
    pr_info!("{info}");
    exit(101)
}

struct Heap {
    used: AtomicUsize,
    bytes: UnsafeCell<[u8; 4096]>,
}
// SAFETY: `used` hands every byte out once.
unsafe impl Sync for Heap {}
static HEAP: Heap = Heap { used: AtomicUsize::new(0), bytes: UnsafeCell::new([0; 4096]) };

fn allocate<T>(value: T) -> NonNull<T> {
    let start = (HEAP.used.load(Ordering::Relaxed) + align_of::<T>() - 1) & !(align_of::<T>() - 1);
    HEAP.used.store(start + size_of::<T>(), Ordering::Relaxed);
    assert!(start + size_of::<T>() <= 4096, "the heap is used up");
    // SAFETY: inside the heap, aligned, and handed out once.
    unsafe {
        let place = HEAP.bytes.get().cast::<u8>().add(start).cast::<T>();
        place.write(value);
        NonNull::new_unchecked(place)
    }
}

// ---- 1. and 2.: the kernel's Arc, as receiver and behind dyn ----

#[repr(C)]
struct ArcInner<T: ?Sized> {
    refcount: AtomicUsize,
    data: T,
}

struct Arc<T: ?Sized> {
    ptr: NonNull<ArcInner<T>>,
    _p: PhantomData<ArcInner<T>>,
}

impl<T: ?Sized + Unsize<U>, U: ?Sized> CoerceUnsized<Arc<U>> for Arc<T> {}
impl<T: ?Sized + Unsize<U>, U: ?Sized> DispatchFromDyn<Arc<U>> for Arc<T> {}

impl<T> Arc<T> {
    fn new(data: T) -> Self {
        Arc { ptr: allocate(ArcInner { refcount: AtomicUsize::new(1), data }), _p: PhantomData }
    }
}

impl<T: ?Sized> Deref for Arc<T> {
    type Target = T;
    fn deref(&self) -> &T {
        // SAFETY: an Arc holds a reference count, so the data is alive.
        unsafe { &self.ptr.as_ref().data }
    }
}

impl<T: ?Sized> Clone for Arc<T> {
    fn clone(&self) -> Self {
        // SAFETY: as in deref.
        unsafe { self.ptr.as_ref() }.refcount.fetch_add(1, Ordering::Relaxed);
        Arc { ptr: self.ptr, _p: PhantomData }
    }
}

impl<T: ?Sized> Drop for Arc<T> {
    fn drop(&mut self) {
        // SAFETY: as in deref; the last owner drops the data.
        unsafe {
            if self.ptr.as_ref().refcount.fetch_sub(1, Ordering::Release) == 1 {
                core::ptr::drop_in_place(self.ptr.as_ptr());
            }
        }
    }
}

trait Driver {
    fn name(&self) -> &'static str;
    /// Takes the reference itself, as a work item's `run(self: Arc<Self>)` does.
    fn probe(self: Arc<Self>) -> usize;
}

struct Phy {
    id: u32,
}
impl Driver for Phy {
    fn name(&self) -> &'static str {
        "phy"
    }
    fn probe(self: Arc<Self>) -> usize {
        self.id as usize + count(&self)
    }
}
impl Drop for Phy {
    fn drop(&mut self) {
        pr_info!("   phy {:#x} is gone", self.id);
    }
}

struct Null;
impl Driver for Null {
    fn name(&self) -> &'static str {
        "null"
    }
    fn probe(self: Arc<Self>) -> usize {
        0
    }
}

fn count<T: ?Sized>(arc: &Arc<T>) -> usize {
    // SAFETY: as in deref.
    unsafe { arc.ptr.as_ref() }.refcount.load(Ordering::Relaxed)
}

fn arc_as_receiver_and_dyn() {
    let phy = Arc::new(Phy { id: 0x1c });
    pr_info!("1. self: Arc<Self>: probe() = {} with one more owner", phy.clone().probe());
    let drivers: [Arc<dyn Driver>; 2] = [phy, Arc::new(Null)];
    for driver in &drivers {
        pr_info!("2. Arc<dyn Driver>: {} probed through its vtable: {}", driver.name(), driver.clone().probe());
    }
}

// ---- 3.: asm goto, the shape of a static key ----

fn static_branch(enabled: u64) -> bool {
    // SAFETY: the two ways on are the two ends of the block.
    unsafe { asm!("test {0}, {0}", "jnz {1}", in(reg) enabled, label { return true; }, options(nomem, nostack)) }
    false
}

// ---- 4.: offset_of! of nested fields ----

#[repr(C)]
struct ListHead {
    next: *mut ListHead,
    prev: *mut ListHead,
}
#[repr(C)]
struct WorkStruct {
    data: u64,
    entry: ListHead,
    func: Option<unsafe extern "C" fn(*mut WorkStruct)>,
}
#[repr(C)]
struct Device {
    minor: u16,
    work: WorkStruct,
    pair: (u8, u32),
}

const ENTRY: usize = offset_of!(Device, work.entry);

/// container_of!, from a list entry to the device around it.
fn container_of(entry: *const ListHead) -> *const Device {
    entry.wrapping_byte_sub(ENTRY).cast()
}

fn nested_offsets() {
    let head = ListHead { next: core::ptr::null_mut(), prev: core::ptr::null_mut() };
    let device = Device { minor: 7, work: WorkStruct { data: 0, entry: head, func: None }, pair: (1, 2) };
    // SAFETY: the entry is the one inside `device`.
    let back = unsafe { &*container_of(&device.work.entry) };
    pr_info!(
        "4. offset_of!(Device, work.entry) = {ENTRY}, func at {}, pair.1 {} aligned; container_of finds minor {}",
        offset_of!(Device, work.func),
        if offset_of!(Device, pair.1) % 4 == 0 { "is" } else { "is not" },
        back.minor + device.pair.0 as u16 - 1,
    );
    let _ = (device.work.data, device.pair.1, device.work.entry.next, device.work.entry.prev, device.work.func);
}

// ---- 5.: pointers to statics in constants; 6.: operations in read-only memory ----

struct Module {
    name: &'static str,
    users: AtomicUsize,
}
static THIS_MODULE: Module = Module { name: "rfl_tour", users: AtomicUsize::new(0) };

trait File {
    const OWNER: &'static Module;
    fn open(&self) -> i32;
}

#[repr(C)]
struct FileOperations {
    owner: *const Module,
    open: Option<unsafe extern "C" fn(*const u8) -> i32>,
    private_size: usize,
}

struct Table<T>(PhantomData<T>);

impl<T: File> Table<T> {
    const OPS: FileOperations =
        FileOperations { owner: T::OWNER, open: Some(Self::open), private_size: size_of::<T>() };

    unsafe extern "C" fn open(private: *const u8) -> i32 {
        T::OWNER.users.fetch_add(1, Ordering::Relaxed);
        // SAFETY: the caller hands the T over that it registered.
        unsafe { &*private.cast::<T>() }.open()
    }

    const fn get() -> &'static FileOperations {
        &Self::OPS
    }
}

struct Tty {
    line: i32,
}
impl File for Tty {
    const OWNER: &'static Module = &THIS_MODULE;
    fn open(&self) -> i32 {
        self.line + 1
    }
}

fn statics_and_tables() {
    const OWNER: *const Module = &THIS_MODULE;
    let ops = Table::<Tty>::get();
    pr_info!("5. a constant points at static `{}`: {}", THIS_MODULE.name, core::ptr::eq(ops.owner, OWNER));
    let tty = Tty { line: 41 };
    let opened = match ops.open {
        // SAFETY: this table is Tty's.
        Some(open) => unsafe { open((&raw const tty).cast()) },
        None => -1,
    };
    pr_info!(
        "6. FileOperations of {} bytes: open() = {opened}, {} user(s), private size {}",
        size_of::<FileOperations>(),
        THIS_MODULE.users.load(Ordering::Relaxed),
        ops.private_size,
    );
}

#[no_mangle]
pub extern "C" fn _start() -> ! {
    arc_as_receiver_and_dyn();
    pr_info!("3. asm goto: static_branch(1) = {}, static_branch(0) = {}", static_branch(1), static_branch(0));
    nested_offsets();
    statics_and_tables();
    exit(0)
}
