#![feature(proc_macro_tracked_path, proc_macro_tracked_env)]
extern crate proc_macro;
use proc_macro::{tracked, TokenStream};

#[proc_macro]
pub fn tracked_things(_: TokenStream) -> TokenStream {
    tracked::path("some data.txt");
    let _ = tracked::env_var("FERRIC_UI_NOT_SET");
    TokenStream::new()
}
