//@ check-fail
#![no_std]
#![crate_type = "lib"]

#[link(name = "")] //~ ERROR [E0454]
extern "C" {}
#[link(name = "foo", kind = "framework")] //~ ERROR [E0455]
extern "C" {}
#[link(name = "foo", kind = "wonderful")] //~ ERROR [E0539]
extern "C" {}
#[link(kind = "static")] //~ ERROR [E0459]
extern "C" {}
#[link] //~ ERROR [E0539]
extern "C" {}
#[link = "foo"] //~ ERROR [E0539]
extern "C" {}
#[link(name = "foo", kind = "raw-dylib")] //~ ERROR [E0658]
extern "C" {}
#[link(name = "foo", kind = "link-arg")] //~ ERROR [E0658]
extern "C" {}
#[link(name = "foo", cfg(unix))] //~ ERROR [E0658]
extern "C" {}
#[link(name = "foo", kind = "dylib", modifiers = "+as-needed")] //~ ERROR [E0658]
extern "C" {}
#[link(name = "foo", modifiers = "+bundle")] //~ ERROR only compatible with `static`
extern "C" {}
#[link(modifiers = "+whole-archive", name = "foo")] //~ ERROR only compatible with `static`
extern "C" {}
#[link(name = "foo", kind = "static", modifiers = "+as-needed")] //~ ERROR only compatible with
extern "C" {}
#[link(name = "foo", kind = "static", modifiers = "bundle")] //~ ERROR invalid linking modifier syntax
extern "C" {}
#[link(name = "foo", modifiers = "+bundle,-whole-archive,", kind = "static")] //~ ERROR invalid linking modifier syntax
extern "C" {}
#[link(name = "foo", kind = "static", modifiers = "+bundle,-bundle")] //~ ERROR multiple `bundle` modifiers
extern "C" {}
#[link(name = "foo", kind = "static", modifiers = "+fun")] //~ ERROR [E0539]
extern "C" {}
#[link(name = "foo", name = "bar")] //~ ERROR [E0538]
extern "C" {}
#[link(name = "foo", kind = "static", kind = "dylib")] //~ ERROR [E0538]
extern "C" {}
#[link(name = "foo", what = "bar")] //~ ERROR [E0539]
extern "C" {}
#[link("foo", name = "bar")] //~ ERROR [E0565]
extern "C" {}
#[link(name)] //~ ERROR [E0539]
extern "C" {}
#[link(name = 5)] //~ ERROR [E0539]
extern "C" {}
#[link(name = "foo", wasm_import_module = "x")] //~ ERROR incompatible with other arguments
extern "C" {}
#[link(name = "foo", import_name_type = "decorated")] //~ ERROR only supported on x86
extern "C" {}

// What is right, or is only warned of.
#[link(wasm_import_module = "x")]
extern "C" {}
#[link(name = "foo", kind = "static", modifiers = "+bundle,-whole-archive,+verbatim")]
extern "C" {}
