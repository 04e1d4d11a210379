//@ run-pass
//@ proc-macro: trees.rs
// What a macro sees of tokens, how tokens print, and what it makes of text and of its own literals and characters.
//> a + b * (c - 1), "x".y { z }
//> fn f<'a>(x: &'a u8) -> Vec<Vec<u8>> { x..=1 }
//> i:a ++ = i:b >+ >+ = '+ i:l (i:x .+ .+ = l:1 > :+ :
//> # [i:doc = l:" it\'s \"so\"" > # ! [i:doc = l:" in" > i:r#fn l:r#"a"# - l:1
//> i:a <l:1 + l:2 > <i:u8 >
//> 1u8 -5 -1.5 2f32 7usize "a\"\né" '\'' b"\0\xffz" b'b' c"c" 0x1F_u8 -3i8 r#"raw"# b'x' 1e3 error error error error error error error error error
//> -2
//> <=|< = ->|- > ..=|. . = ::|: : >>=|> > = &&|& & 'a|'
//> ok a + [1]
//> error
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

macro_rules! captured {
    ($e:expr, $t:ty) => { trees::trees!(a $e $t) };
}

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::line(trees::show!(a + b * (c - 1), "x" . y { z }));
    rt::line(trees::show!(fn f<'a>(x: &'a u8) -> Vec<Vec<u8>> { x..=1 }));
    rt::line(trees::trees!(a += b >>= 'l (x ..= 1)::).trim_end_matches(" +"));
    rt::line(trees::trees!(
        /// it's "so"
        //! in
        r#fn r#"a"# -1));
    rt::line(captured!(1 + 2, u8));
    rt::line(trees::literals!());
    rt::num(trees::numbers!().iter().sum::<i64>());
    rt::line(trees::joined!());
    rt::line(trees::parsed!("a + [1]"));
    rt::line(trees::parsed!("a + [1"));
    0
}
