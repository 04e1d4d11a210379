//@ run-pass
// TypeId::info and trait_info_of at compile time: kinds, fields, variants, generics, signatures; vtables of what implements a trait.
//> struct Point size 8
//> x 0 y 4
//> enum 2 variants of 1 generics: None Some
//> tuple 0 at 4, 1 at 0, 2 at 5
//> array of 3
//> pointer mutable 1
//> int 128 signed 1
//> dyn 2 auto 0 1
//> fn inputs 2 abi C unsafe 1
//> other
//> vtable 1 0 0
//> 7
#![no_std]
#![no_main]
#![feature(type_info, ptr_metadata, never_type)]
#[path = "../support/rt.rs"]
mod rt;

use core::any::TypeId;
use core::mem::type_info::{Abi, Type, TypeKind};

#[repr(C)]
struct Point { x: u32, y: u32 }
trait Speak { fn speak(&self) -> i64; }
impl Speak for Point { fn speak(&self) -> i64 { (self.x + self.y) as i64 } }
trait Marked {}
unsafe extern "C" fn callback(_: u8, _: &str) {}

fn describe(t: &Type) {
    match &t.kind {
        TypeKind::Struct(s) => {
            rt::put("struct Point size "); rt::num(t.size.unwrap() as i64);
            rt::put(s.fields[0].name); rt::put(" "); rt::put_num(s.fields[0].offset as i64);
            rt::put(" "); rt::put(s.fields[1].name); rt::put(" "); rt::num(s.fields[1].offset as i64);
        }
        TypeKind::Enum(e) => {
            rt::put("enum "); rt::put_num(e.variants.len() as i64); rt::put(" variants of ");
            rt::put_num(e.generics.len() as i64); rt::put(" generics:");
            for v in e.variants { rt::put(" "); rt::put(v.name); }
            rt::line("");
        }
        TypeKind::Tuple(t) => {
            rt::put("tuple");
            for (i, f) in t.fields.iter().enumerate() {
                rt::put(if i == 0 { " " } else { ", " }); rt::put(f.name); rt::put(" at "); rt::put_num(f.offset as i64);
            }
            rt::line("");
        }
        TypeKind::Array(a) => { rt::put("array of "); rt::num(a.len as i64); }
        TypeKind::Pointer(p) => { rt::put("pointer mutable "); rt::num(p.mutable as i64); }
        TypeKind::Int(i) => { rt::put("int "); rt::put_num(i.bits as i64); rt::put(" signed "); rt::num(i.signed as i64); }
        TypeKind::DynTrait(d) => {
            rt::put("dyn "); rt::put_num(d.predicates.len() as i64); rt::put(" auto");
            for p in d.predicates { rt::put(" "); rt::put_num(p.trait_ty.is_auto as i64); }
            rt::line("");
        }
        TypeKind::FnPtr(f) => {
            rt::put("fn inputs "); rt::put_num(f.inputs.len() as i64);
            rt::put(if matches!(f.abi, Abi::ExternC) { " abi C unsafe " } else { " abi ? unsafe " }); rt::num(f.unsafety as i64);
        }
        _ => rt::line("other"),
    }
}

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    describe(&const { Type::of::<Point>() });
    describe(&const { Type::of::<Option<u8>>() });
    describe(&const { Type::of::<(u8, u32, u8)>() });
    describe(&const { Type::of::<[u8; 3]>() });
    describe(&const { Type::of::<*mut u8>() });
    describe(&const { Type::of::<i128>() });
    describe(&const { Type::of::<dyn Speak + Send>() });
    describe(&const { Type::of::<unsafe extern "C" fn(u8, &str)>() });
    let _ = callback;
    describe(&const { Type::of::<core::ops::ControlFlow<u8>>; Type::of::<!>() });
    const SPEAKS: bool = TypeId::of::<Point>().trait_info_of::<dyn Speak>().is_some();
    const MARKED: bool = TypeId::of::<Point>().trait_info_of::<dyn Marked>().is_some();
    const UNSIZED: bool = TypeId::of::<[u8]>().trait_info_of::<dyn Speak>().is_some();
    rt::put("vtable "); rt::put_num(SPEAKS as i64); rt::put(" "); rt::put_num(MARKED as i64); rt::put(" "); rt::num(UNSIZED as i64);
    let p = Point { x: 3, y: 4 };
    let vtable = const { TypeId::of::<Point>().trait_info_of::<dyn Speak>() }.unwrap().get_vtable();
    rt::num(unsafe { &*core::ptr::from_raw_parts::<dyn Speak>(&raw const p, vtable) }.speak());
    0
}
