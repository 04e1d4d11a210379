//@ package: librust-semver-dev
#![no_std]
#![no_main]
#[path = "../ui/support/rt_alloc.rs"]
#[macro_use]
mod rt;

extern crate alloc;
use semver::{BuildMetadata, Comparator, Prerelease, Version, VersionReq};
#[no_mangle]
pub extern "C" fn main() -> i32 {
    let v = Version::parse("1.2.3-alpha.1+build.5").unwrap();
    println!("{} {} {} {} {}", v, v.major, v.pre, v.build, v.pre.is_empty());
    println!("{:?}", Version::parse("1.2"));
    println!("{}", Version::parse("1.2.x").unwrap_err());
    for r in ["^1.2", ">=1.0, <2.0.0", "~1.2.3", "*", "=1.2.3-alpha.1"] {
        let req = VersionReq::parse(r).unwrap();
        println!("{} {} {}", req, req.matches(&v), req.matches(&Version::new(1, 4, 0)));
    }
    println!("{:?}", Version::new(1, 0, 0) < Version::parse("1.0.1-rc.1").unwrap());
    println!("{:?} {:?}", Prerelease::new("a.b").unwrap(), BuildMetadata::new("x!"));
    println!("{}", Comparator::parse(">2.1").unwrap());
    0
}
