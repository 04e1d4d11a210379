
macro_rules! format {
    ($($args:tt)*) => { {
        let mut text = crate::std::string::String::new();
        core::fmt::Write::write_fmt(&mut text, format_args!($($args)*)).expect("a formatting trait implementation returned an error");
        text
    } };
}

macro_rules! vec {
    () => { crate::std::vec::Vec::new() };
    ($value:expr; $count:expr) => { crate::std::vec::Vec::repeated($value, $count) };
    ($($value:expr),+ $(,)?) => { crate::std::vec::Vec::from([$($value),+]) };
}

/// What the tests call `std`: core, and the owned types below.
pub mod std {
    pub use core::*;
    pub use crate::owned::{boxed, rc, string, vec};

    pub mod sync {
        pub use core::sync::*;
        pub use crate::owned::rc::Rc as Arc;
    }

    pub mod panic {
        pub use core::panic::*;

        /// Without unwinding there is nothing to catch: the child ends.
        pub fn catch_unwind<F: FnOnce() -> R + UnwindSafe, R>(f: F) -> Result<R, crate::owned::boxed::Box<dyn core::any::Any + Send>> {
            Ok(f())
        }
    }

    pub mod task {
        pub use core::task::*;
        use crate::owned::rc::Rc;

        pub trait Wake {
            fn wake(self: Rc<Self>);
        }

        fn table<W: Wake + 'static>() -> &'static RawWakerVTable {
            const {
                &RawWakerVTable::new(
                    |rc| unsafe {
                        core::mem::forget(Rc::clone(&*(&raw const rc).cast::<Rc<W>>()));
                        RawWaker::new(rc, table::<W>())
                    },
                    |rc| unsafe { (&raw const rc).cast::<Rc<W>>().read().wake() },
                    |rc| unsafe { (*(&raw const rc).cast::<Rc<W>>()).clone().wake() },
                    |rc| unsafe { drop((&raw const rc).cast::<Rc<W>>().read()) },
                )
            }
        }

        impl<W: Wake + 'static> From<Rc<W>> for Waker {
            fn from(rc: Rc<W>) -> Self {
                unsafe { Waker::new(core::mem::transmute(rc), table::<W>()) }
            }
        }
    }

    /// Only one thread is there: parking it waits for ever.
    pub mod thread {
        pub struct Thread;

        impl Thread {
            pub fn unpark(&self) {}
        }

        pub fn current() -> Thread {
            Thread
        }

        pub fn park() {
            loop {}
        }
    }

    /// Names every module of a program with std sees.
    pub mod prelude_of_tests {
        pub use crate::owned::boxed::Box;
        pub use crate::owned::string::{String, ToString};
        pub use crate::owned::vec::{Concat, Repeat, ToOwned, ToVec, Vec};
    }
}

