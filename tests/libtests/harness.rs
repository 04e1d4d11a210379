// What the tests of core and alloc need besides those: a harness that runs each test in a child process. For tests only: simple,
// leaking nothing, never shipped.
// `tools/extract_libtests.py` puts this text at the root of each program it makes.

/// The C side: processes to run the tests in, memory, output.
mod libc {
    unsafe extern "C" {
        pub fn fork() -> i32;
        pub fn waitpid(pid: i32, status: *mut i32, options: i32) -> i32;
        pub fn _exit(code: i32) -> !;
        pub fn write(fd: i32, bytes: *const u8, count: usize) -> isize;
        pub fn alarm(seconds: u32) -> u32;
        pub fn aligned_alloc(align: usize, size: usize) -> *mut u8;
        pub fn free(memory: *mut u8);
    }
}

pub mod harness {
    use super::libc;
    use core::fmt::Write;

    /// One test function; the programs leave these in the section `libtests`, whose bounds the linker knows.
    #[repr(C)]
    pub struct Test {
        pub module: &'static str,
        pub name: &'static str,
        pub run: fn(),
        pub should_panic: bool,
        pub expected: &'static str,
        pub ignored: bool,
    }

    unsafe extern "C" {
        static __start_libtests: Test;
        static __stop_libtests: Test;
    }

    /// The message the running test must panic with a part of; read by the panic handler in the child.
    static mut EXPECTED: &str = "";

    pub struct Output(pub i32);

    impl Write for Output {
        fn write_str(&mut self, text: &str) -> core::fmt::Result {
            unsafe { libc::write(self.0, text.as_ptr(), text.len()) };
            Ok(())
        }
    }

    /// Finds a text in what is written to it, in pieces of any length.
    struct Search {
        buffer: [u8; 2048],
        len: usize,
    }

    impl Write for Search {
        fn write_str(&mut self, text: &str) -> core::fmt::Result {
            for &byte in text.as_bytes() {
                if self.len < self.buffer.len() {
                    self.buffer[self.len] = byte;
                    self.len += 1;
                }
            }
            Ok(())
        }
    }

    impl Search {
        fn finds(&self, wanted: &[u8]) -> bool {
            wanted.is_empty() || self.buffer[..self.len].windows(wanted.len()).any(|part| part == wanted)
        }
    }

    #[panic_handler]
    fn panic(info: &core::panic::PanicInfo<'_>) -> ! {
        let mut found = Search { buffer: [0; 2048], len: 0 };
        let _ = write!(found, "{}", info.message());
        let _ = writeln!(Output(2), "{info}");
        unsafe { libc::_exit(if found.finds(EXPECTED.as_bytes()) { 101 } else { 102 }) }
    }

    fn run_in_child(test: &Test) -> i32 {
        unsafe {
            let child = libc::fork();
            if child == 0 {
                EXPECTED = test.expected;
                libc::alarm(30);
                (test.run)();
                libc::_exit(0);
            }
            let mut status = 0;
            libc::waitpid(child, &mut status, 0);
            status
        }
    }

    fn report(test: &Test) {
        let module = test.module.split_once("::").map_or("", |(_, rest)| rest);
        let (module, name) = (module.trim_start_matches("r#"), test.name);
        let _ = writeln!(Output(2), "== {module}::{name}");
        if test.ignored {
            let _ = writeln!(Output(1), "ignored {module}::{name}");
            return;
        }
        let status = run_in_child(test);
        let signal = status & 0x7f;
        let code = (status >> 8) & 0xff;
        let _ = match (test.should_panic, signal, code) {
            (false, 0, 0) => writeln!(Output(1), "ok {module}::{name}"),
            (true, 0, 101) => writeln!(Output(1), "should_panic ok {module}::{name}"),
            (_, 0, _) => writeln!(Output(1), "FAIL {module}::{name} exit {code}"),
            _ => writeln!(Output(1), "FAIL {module}::{name} signal {signal}"),
        };
    }

    #[unsafe(no_mangle)]
    extern "C" fn main() -> i32 {
        unsafe {
            let mut test = &raw const __start_libtests;
            while test < &raw const __stop_libtests {
                let module = (*test).module;
                // Tests of the modules around the one this program is for are not its own.
                if module.split_once("::").is_some_and(|(_, path)| super::is_target(path)) {
                    report(&*test);
                }
                test = test.add(1);
            }
        }
        0
    }
}

/// Registers a test function beside it: its attributes of configuration, name, whether it should panic and with what, whether to leave it out.
macro_rules! libtest {
    ($(#[$attr:meta])* $name:ident $should_panic:literal $ignored:expr $(, $expected:expr)?) => {
        $(#[$attr])*
        const _: () = {
            #[used]
            #[unsafe(link_section = "libtests")]
            static TEST: crate::harness::Test = crate::harness::Test {
                module: module_path!(),
                name: stringify!($name),
                run: $name,
                should_panic: $should_panic,
                expected: concat!($($expected)?),
                ignored: $ignored,
            };
        };
    };
}

macro_rules! println {
    ($($args:tt)*) => { { use core::fmt::Write as _; let _ = crate::harness::Output(2).write_fmt(format_args!($($args)*)); } };
}

macro_rules! eprintln {
    ($($args:tt)*) => { println!($($args)*) };
}
