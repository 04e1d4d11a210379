extern crate proc_macro;
use proc_macro::*;
// attribute: emits `const _: (&str, &str) = (args, item);` and the item
#[proc_macro_attribute]
pub fn echo(args: TokenStream, item: TokenStream) -> TokenStream {
    let mut out: TokenStream = format!("#[doc = {:?}]", format!("{args}|{item}")).parse().unwrap();
    out.extend(item);
    out
}
// keeps only the item, trees rebuilt one by one
fn rebuild(s: TokenStream) -> TokenStream {
    s.into_iter().map(|t| match t {
        TokenTree::Group(g) => { let mut n = Group::new(g.delimiter(), rebuild(g.stream())); n.set_span(g.span()); TokenTree::Group(n) }
        TokenTree::Ident(i) => { let s = i.to_string(); TokenTree::Ident(match s.strip_prefix("r#") { Some(r) => Ident::new_raw(r, i.span()), None => Ident::new(&s, i.span()) }) }
        TokenTree::Punct(p) => { let mut n = Punct::new(p.as_char(), p.spacing()); n.set_span(p.span()); n.into() }
        TokenTree::Literal(l) => { let mut n: Literal = l.to_string().parse().unwrap(); n.set_span(l.span()); n.into() }
    }).collect()
}
#[proc_macro_attribute]
pub fn rebuilt(_: TokenStream, item: TokenStream) -> TokenStream { rebuild(item) }
#[proc_macro]
pub fn bang(i: TokenStream) -> TokenStream { rebuild(i) }
#[proc_macro]
pub fn reparse(i: TokenStream) -> TokenStream { i.to_string().parse().unwrap() }
#[proc_macro_derive(Echo, attributes(h))]
pub fn derive(item: TokenStream) -> TokenStream { format!("macro_rules! __unused {{ () => {{ {:?} }} }}", item.to_string()).parse().unwrap() }
#[proc_macro_derive(Items)]
pub fn items(item: TokenStream) -> TokenStream { "const _: () = { #[derive(Clone, Echo)] struct Inner { #[h] x: u8 } ::core::assert!(true); echo::bang! { fn g() {} } };".parse().unwrap() }
