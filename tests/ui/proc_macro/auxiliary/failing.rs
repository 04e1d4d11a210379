// Macros that fail, each in its own way, and such that report.
#![feature(proc_macro_diagnostic)]
extern crate proc_macro;
use proc_macro::{Diagnostic, Level, Span, TokenStream};
use std::cell::RefCell;

#[proc_macro]
pub fn panics(input: TokenStream) -> TokenStream { panic!("no {input}") }
#[proc_macro_attribute]
pub fn attr_panics(_: TokenStream, _: TokenStream) -> TokenStream { panic!("attribute") }
#[proc_macro_derive(Panics)]
pub fn derive_panics(_: TokenStream) -> TokenStream { panic!() }
#[proc_macro]
pub fn panics_with_value(_: TokenStream) -> TokenStream { std::panic::panic_any(5) }

#[proc_macro]
pub fn aborts(_: TokenStream) -> TokenStream { std::process::abort() }
#[proc_macro]
pub fn exits(_: TokenStream) -> TokenStream { std::process::exit(3) }
#[proc_macro]
pub fn overflows_stack(_: TokenStream) -> TokenStream {
    fn f(n: u64) -> u64 { if n == 0 { 0 } else { std::hint::black_box(f(std::hint::black_box(n + 1))) + n } }
    f(1).to_string().parse().unwrap()
}
#[proc_macro]
pub fn loops(_: TokenStream) -> TokenStream { loop { std::thread::sleep(std::time::Duration::from_millis(10)) } }
#[proc_macro]
pub fn works(_: TokenStream) -> TokenStream { "1".parse().unwrap() }

thread_local! { static KEPT: RefCell<Option<TokenStream>> = const { RefCell::new(None) }; }
#[proc_macro]
pub fn keeps(input: TokenStream) -> TokenStream { KEPT.with_borrow_mut(|k| *k = Some(input)); "1".parse().unwrap() }
#[proc_macro]
pub fn uses_kept(_: TokenStream) -> TokenStream { KEPT.with_borrow(|k| k.as_ref().unwrap().to_string()).parse().unwrap() }

#[proc_macro]
pub fn not_an_expression(_: TokenStream) -> TokenStream { "1 +".parse().unwrap() }
#[proc_macro]
pub fn too_much(_: TokenStream) -> TokenStream { "1 2".parse().unwrap() }
#[proc_macro_derive(Bad)]
pub fn bad(_: TokenStream) -> TokenStream { "impl {".parse().unwrap_or("impl 5 {}".parse().unwrap()) }

// An error at each token, with a note and a help message.
#[proc_macro]
pub fn reports(input: TokenStream) -> TokenStream {
    for t in input {
        Diagnostic::spanned(t.span(), Level::Error, format!("not {t}"))
            .span_note(Span::call_site(), "this call")
            .help("try another")
            .emit();
    }
    "1".parse().unwrap()
}
#[proc_macro]
pub fn warns(_: TokenStream) -> TokenStream { Diagnostic::new(Level::Warning, "careful").emit(); "1".parse().unwrap() }
