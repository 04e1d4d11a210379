// What the programs about drop order stand on: a value that says when it is made, asked and dropped. Each program has a `run`.
#[path = "rt.rs"]
mod rt;
#[allow(unused_imports)]
pub use rt::{num, put, show};

/// Says `drop NAME` when it dies.
pub struct D(pub &'static str);
impl Drop for D {
    fn drop(&mut self) {
        show1("drop", self.0);
    }
}

#[allow(dead_code)]
impl D {
    /// Says that it is asked, and answers `answer`.
    pub fn is(&self, answer: bool) -> bool {
        show1("ask", self.0);
        answer
    }

    pub fn len_is(&self, length: usize) -> Option<i64> {
        show1("measure", self.0);
        if self.0.len() == length { Some(length as i64) } else { None }
    }

    /// Consumes itself and hands back `other`.
    pub fn then(self, other: D) -> D {
        show2("then", self.0, other.0);
        other
    }
}

/// Says `new NAME` and makes the value.
#[allow(dead_code)]
pub fn mk(name: &'static str) -> D {
    show1("new", name);
    D(name)
}

#[allow(dead_code)]
pub fn say(text: &str) {
    rt::line(text);
}

#[allow(dead_code)]
pub fn show1(what: &str, name: &str) {
    put(what);
    put(" ");
    say(name);
}

#[allow(dead_code)]
pub fn show2(what: &str, first: &str, second: &str) {
    put(what);
    put(" ");
    show1(first, second);
}

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    crate::run();
    0
}
