// Macros that show what they see, and make tokens in each way that there is.
#![feature(proc_macro_span, proc_macro_def_site)]
extern crate proc_macro;
use proc_macro::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};

fn text(s: String) -> TokenStream { TokenTree::from(Literal::string(&s)).into() }

// The input as text.
#[proc_macro]
pub fn show(input: TokenStream) -> TokenStream { text(input.to_string()) }

fn describe(input: TokenStream, out: &mut String) {
    for tree in input {
        match tree {
            TokenTree::Group(g) => {
                *out += match g.delimiter() { Delimiter::Parenthesis => "(", Delimiter::Brace => "{", Delimiter::Bracket => "[", Delimiter::None => "<" };
                describe(g.stream(), out);
                *out += "> ";
            }
            TokenTree::Ident(i) => *out += &format!("i:{i} "),
            TokenTree::Punct(p) => *out += &format!("{}{} ", p.as_char(), if p.spacing() == Spacing::Joint { "+" } else { "" }),
            TokenTree::Literal(l) => *out += &format!("l:{l} "),
        }
    }
}

// The trees of the input, one by one.
#[proc_macro]
pub fn trees(input: TokenStream) -> TokenStream {
    let mut out = String::new();
    describe(input, &mut out);
    text(out.trim().to_string())
}

// Every literal that there are functions for.
#[proc_macro]
pub fn literals(_: TokenStream) -> TokenStream {
    let all = [
        Literal::u8_suffixed(1), Literal::i32_unsuffixed(-5), Literal::f64_unsuffixed(-1.5), Literal::f32_suffixed(2.0), Literal::usize_suffixed(7),
        Literal::string("a\"\n\u{e9}"), Literal::character('\''), Literal::byte_string(b"\x00\xffz"), Literal::byte_character(b'b'), Literal::c_string(c"c"),
        "0x1F_u8".parse().unwrap(), "-3i8".parse().unwrap(), "r#\"raw\"#".parse().unwrap(), "b'x'".parse().unwrap(), "1e3".parse().unwrap(),
    ];
    let mut out = String::new();
    for l in all { out += &format!("{l} "); }
    for bad in ["", " 1", "1 ", "1 2", "- 1", "-\"a\"", "x", "true", "1/**/"] {
        out += match bad.parse::<Literal>() { Ok(_) => "ok ", Err(_) => "error " };
    }
    text(out.trim().to_string())
}

// Negative numbers and characters as code.
#[proc_macro]
pub fn numbers(_: TokenStream) -> TokenStream {
    let mut out = TokenStream::new();
    for n in [-1, 2, -3] {
        out.extend([TokenTree::from(Literal::i64_unsuffixed(n)), Punct::new(',', Spacing::Alone).into()]);
    }
    TokenTree::from(Group::new(Delimiter::Bracket, out)).into()
}

// `a <= b` of single characters, glued or not as their spacing says.
#[proc_macro]
pub fn joined(_: TokenStream) -> TokenStream {
    let ops: Vec<String> = ["<=", "->", "..=", "::", ">>=", "&&", "'a"].iter().map(|op| {
        let mut s = TokenStream::new();
        for (i, c) in op.chars().enumerate() {
            if c.is_alphabetic() {
                s.extend([TokenTree::from(Ident::new("a", Span::call_site()))]);
            } else {
                s.extend([TokenTree::from(Punct::new(c, if i + 1 < op.len() { Spacing::Joint } else { Spacing::Alone }))]);
            }
        }
        let alone: TokenStream = op.chars().filter(|c| !c.is_alphabetic()).map(|c| TokenTree::from(Punct::new(c, Spacing::Alone))).collect();
        format!("{s}|{alone}")
    }).collect();
    text(ops.join(" "))
}

#[proc_macro]
pub fn parsed(input: TokenStream) -> TokenStream {
    let source = match input.into_iter().next() { Some(TokenTree::Literal(l)) => l.str_value_or_text(), _ => panic!("a string") };
    match source.parse::<TokenStream>() { Ok(s) => text(format!("ok {s}")), Err(_) => text("error".to_string()) }
}

trait Value { fn str_value_or_text(&self) -> String; }
impl Value for Literal {
    fn str_value_or_text(&self) -> String { let s = self.to_string(); s[1..s.len() - 1].to_string() }
}

// Where things are.
#[proc_macro]
pub fn places(input: TokenStream) -> TokenStream {
    let spans: Vec<Span> = input.into_iter().map(|t| t.span()).collect();
    let (first, last) = (spans[0], spans[spans.len() - 1]);
    let whole = first.join(last).unwrap();
    text(format!("{}:{} {}:{} {:?} {:?} {}", first.start().line() - Span::call_site().start().line(), first.start().column(),
        last.end().line() - first.start().line(), last.end().column(), first.source_text(), whole.source_text().map(|t| t.len()),
        first.file().ends_with("places.rs")))
}

// Names of each kind of hygiene.
#[proc_macro]
pub fn define(input: TokenStream) -> TokenStream {
    let name = input.into_iter().next().unwrap().to_string();
    let span = match name.as_str() { "call" => Span::call_site(), "mixed" => Span::mixed_site(), _ => Span::def_site() };
    let mut out: TokenStream = "let".parse().unwrap();
    out.extend([TokenTree::from(Ident::new("x", span)), Punct::new('=', Spacing::Alone).into(), Literal::i32_unsuffixed(2).into(), Punct::new(';', Spacing::Alone).into()]);
    out.extend([TokenTree::from(Ident::new("note", Span::call_site().resolved_at(Span::call_site()))), Punct::new('=', Spacing::Alone).into(),
        Ident::new("x", span).into(), Punct::new(';', Spacing::Alone).into()]);
    out
}
