//@ package: librust-log-dev
//@ depends: cfg_if
#![no_std]
#![no_main]
#[path = "../ui/support/rt_alloc.rs"]
#[macro_use]
mod rt;

use log::{debug, error, info, log_enabled, Level, LevelFilter, Log, Metadata, Record};
struct L;
impl Log for L {
    fn enabled(&self, m: &Metadata) -> bool { m.level() <= Level::Info }
    fn log(&self, r: &Record) { if self.enabled(r.metadata()) { println!("{} {} {:?} {}", r.level(), r.target(), r.module_path(), r.args()); } }
    fn flush(&self) {}
}
#[no_mangle]
pub extern "C" fn main() -> i32 {
    info!("lost");
    println!("{:?}", unsafe { log::set_logger_racy(&L) });
    log::set_max_level(LevelFilter::Info);
    info!("hello {}", 1 + 1);
    error!(target: "special", "bad {name}", name = "thing");
    debug!("hidden");
    println!("{} {:?} {:?}", log_enabled!(Level::Debug), log::max_level(), "warn".parse::<Level>());
    println!("{:?}", Level::Error < Level::Trace);
    0
}
