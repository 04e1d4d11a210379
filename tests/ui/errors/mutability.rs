//@ check-fail
//@ compile-flags: --crate-type lib
// What is not declared mutable is neither assigned twice nor borrowed mutably, nor is anything behind it.
#![no_std]
pub struct P { a: u8, b: [u8; 4] }
static S: [u8; 3] = [1, 2, 3];
static mut M: [u8; 3] = [1, 2, 3];
impl P {
    fn change(&mut self) {}
    fn shared(&self) {
        self.a = 1; //~ ERROR cannot assign to `self.a`, which is behind a `&` reference [E0594]
        self.change(); //~ ERROR cannot borrow `*self` as mutable, as it is behind a `&` reference [E0596]
    }
    fn owned(self) {
        self.change(); //~ ERROR cannot borrow `self` as mutable, as it is not declared as mutable [E0596]
    }
    fn twice(&mut self) {
        let _ = &mut self; //~ ERROR cannot borrow `self` as mutable [E0596]
        self.change();
    }
}
pub fn arguments(x: u8, p: P, r: &mut P, t: *const P, m: *mut P) {
    x = 2; //~ ERROR cannot assign to immutable argument `x` [E0384]
    p.a = 1; //~ ERROR cannot assign to `p.a`, as `p` is not declared as mutable [E0594]
    r.a = 3;
    r.b[1] = 3;
    r = &mut *r; //~ ERROR cannot assign to immutable argument `r` [E0384]
    unsafe { (*m).a = 1 };
    unsafe { (*t).a = 1 }; //~ ERROR cannot assign to `t.a`, which is behind a `*const` pointer [E0594]
}
pub fn statics() {
    S[0] = 1; //~ ERROR as `S` is an immutable static item [E0594]
    unsafe { M[0] = 1 };
}
pub fn assigned_once(c: bool) -> u8 {
    let x;
    if c { x = 1 } else { x = 2 }
    loop {
        let y;
        y = x;
        return y;
    }
}
pub fn assigned_again() {
    let y;
    y = 1;
    y = 2; //~ ERROR cannot assign twice to immutable variable `y` [E0384]
    let z;
    loop {
        z = 1; //~ ERROR cannot assign twice to immutable variable `z` [E0384]
    }
}
pub fn borrowed_once(a: [u8; 2]) {
    let r = &mut a[0]; //~ ERROR cannot borrow `a[_]` as mutable, as `a` is not declared as mutable [E0596]
    *r = 1;
}
pub fn borrowed_twice() {
    let p = P { a: 1, b: [0; 4] }; //~ ERROR cannot borrow `p` as mutable, as it is not declared as mutable [E0596]
    p.change();
    p.change();
}
pub fn patterns(o: Option<u8>, mut q: Option<u8>) {
    if let Some(ref x) = o {
        *x = 1; //~ ERROR cannot assign to `*x`, which is behind a `&` reference [E0594]
    }
    if let Some(x) = &mut q {
        *x = 1;
    }
    match o {
        Some(x) if { x = 1; true } => {} //~ ERROR cannot assign to [E0594]
        _ => {}
    }
}
fn shared(_: impl Fn()) {}
pub fn closures() {
    let y = 1;
    let c = move || { y += 1 }; //~ ERROR cannot assign to `y`, as it is not declared as mutable [E0594]
    let mut v = 1;
    let mut d = || v += 1;
    d();
    shared(|| v = 2); //~ ERROR cannot assign to `v`, as [E0594]
    let r = &mut v;
    let mut e = || *r += 1;
    e();
    let f = || *r += 1;
    f(); //~ ERROR cannot borrow `f` as mutable, as it is not declared as mutable [E0596]
}
