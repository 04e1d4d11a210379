// Derives, attributes and function-like macros that look at items.
#![feature(proc_macro_expand, proc_macro_tracked_env)]
extern crate proc_macro;
use proc_macro::{Delimiter, Group, Ident, Literal, Span, TokenStream, TokenTree};

// `impl Name { pub const INPUT: &str = ".."; }`, with the input as text.
#[proc_macro_derive(Input, attributes(helper, other))]
pub fn input(item: TokenStream) -> TokenStream {
    let text = Literal::string(&item.to_string());
    let mut name = None;
    let mut trees = item.into_iter();
    while let Some(t) = trees.next() {
        if matches!(t.to_string().as_str(), "struct" | "enum") { name = trees.next(); break; }
    }
    format!("impl {} {{ pub const INPUT: &'static str = {text}; }}", name.unwrap()).parse().unwrap()
}

// The item, and a constant with its text and the arguments.
#[proc_macro_attribute]
pub fn shown(args: TokenStream, item: TokenStream) -> TokenStream {
    let text = Literal::string(&format!("({args}) {item}"));
    let mut out: TokenStream = format!("pub const SHOWN: &str = {text};").parse().unwrap();
    out.extend(item);
    out
}

#[proc_macro_attribute]
pub fn removed(_: TokenStream, _: TokenStream) -> TokenStream { TokenStream::new() }

// Renames the item's first `old` to its argument.
#[proc_macro_attribute]
pub fn rename(args: TokenStream, item: TokenStream) -> TokenStream {
    let name = args.into_iter().next().unwrap();
    item.into_iter().map(|t| if t.to_string() == "old" { name.clone() } else { t }).collect()
}

#[proc_macro]
pub fn items(_: TokenStream) -> TokenStream {
    "pub struct Made(pub u32); impl Made { pub fn get(&self) -> u32 { self.0 } } macro_rules! made { () => { Made(7) } }".parse().unwrap()
}

// As a type, a pattern, a statement.
#[proc_macro]
pub fn same(input: TokenStream) -> TokenStream { input }

// What its argument expands to.
#[proc_macro]
pub fn expanded(input: TokenStream) -> TokenStream {
    let text = match input.expand_expr() { Ok(t) => t.to_string(), Err(_) => "no literal".to_string() };
    TokenTree::from(Literal::string(&text)).into()
}

#[proc_macro]
pub fn tracked(_: TokenStream) -> TokenStream {
    let value = proc_macro::tracked::env_var("FERRIC_TEST_TRACKED").unwrap_or("unset".to_string());
    TokenTree::from(Literal::string(&value)).into()
}

// The local `hidden` of its call must not be this one.
#[proc_macro]
pub fn add_hidden(input: TokenStream) -> TokenStream {
    let mixed = Ident::new("hidden", Span::mixed_site());
    let mut block: TokenStream = "let".parse().unwrap();
    block.extend([TokenTree::from(mixed.clone())]);
    block.extend("= 100;".parse::<TokenStream>().unwrap());
    block.extend([TokenTree::from(mixed)]);
    block.extend("+".parse::<TokenStream>().unwrap());
    block.extend(input);
    TokenTree::from(Group::new(Delimiter::Brace, block)).into()
}

// Defines the local `given` of its call.
#[proc_macro]
pub fn give(_: TokenStream) -> TokenStream { "let given = 5;".parse().unwrap() }

// Another number whenever it runs.
#[proc_macro]
pub fn stamp(_: TokenStream) -> TokenStream {
    let time = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    TokenTree::from(Literal::u64_suffixed(time.as_nanos() as u64 | 1)).into()
}
