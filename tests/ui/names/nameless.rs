//@ filecheck
//@ emit: llvm-ir
//@ compile-flags: -C symbol-mangling-version=v0 -C no-prepopulate-passes
// What is in a closure or in a constant without a name is named after it, and these are told apart by their order in macro expansion: those
// of a macro's output come after all that is written around its call. Each static says where it stands.
#![no_std]
#![crate_type = "lib"]
#![allow(dead_code)]

type Place = &'static [u8; 5];
macro_rules! here { ($at:literal) => {{ static HERE: [u8; 5] = *$at; &HERE }}; }
fn call<R>(f: impl FnOnce() -> R) -> R { f() }
macro_rules! in_closure { ($e:expr) => { call(|| $e) }; }
macro_rules! in_closures {
    ($a:expr, $b:expr) => { [in_closure!($a), call(|| $b), in_closure!(call(|| here!(b"mm__0")))] };
}
macro_rules! closure { ($e:expr) => { || $e }; }
macro_rules! in_const { ($e:expr) => { const { $e } }; }

// CHECK-DAG: @_RNvNCNCNvC{{.*}}_8nameless8in_order004HERE = {{.*}}c"o_0_0"
// CHECK-DAG: @_RNvNCNCNvC{{.*}}_8nameless8in_order0s_04HERE = {{.*}}c"o_0_1"
// CHECK-DAG: @_RNvNCNvC{{.*}}_8nameless8in_orders_04HERE = {{.*}}c"o_1__"
// CHECK-DAG: @_RNvNCNvC{{.*}}_8nameless8in_orders0_04HERE = {{.*}}c"o_2__"
// CHECK-DAG: @_RNvNvC{{.*}}_8nameless8in_order4HERE = {{.*}}c"o____"
pub fn in_order() -> [Place; 5] {
    let inner = || [call(|| here!(b"o_0_0")), call(|| here!(b"o_0_1"))];
    [here!(b"o____"), inner()[0], call(|| here!(b"o_1__")), inner()[1], call(|| here!(b"o_2__"))]
}

// CHECK-DAG: @_RNvNCNvC{{.*}}_8nameless9of_macros04HERE = {{.*}}c"m_0__"
// CHECK-DAG: @_RNvNCNCNvC{{.*}}_8nameless9of_macross0_004HERE = {{.*}}c"m_a_0"
// CHECK-DAG: @_RNvNCNCNvC{{.*}}_8nameless9of_macross_004HERE = {{.*}}c"m_b_0"
// CHECK-DAG: @_RNvNCNvC{{.*}}_8nameless9of_macross2_04HERE = {{.*}}c"m_x__"
// CHECK-DAG: @_RNvNCNvC{{.*}}_8nameless9of_macross3_04HERE = {{.*}}c"m_y__"
// CHECK-DAG: @_RNvNCNCNvC{{.*}}_8nameless9of_macross1_004HERE = {{.*}}c"mm__0"
pub fn of_macros() -> [Place; 6] {
    let [a, b, c] = in_closures!(call(|| here!(b"m_a_0")), call(|| here!(b"m_b_0")));
    [in_closure!(here!(b"m_x__")), a, b, c, call(|| here!(b"m_0__")), in_closure!(here!(b"m_y__"))]
}

// CHECK-DAG: @_RNvNCNvC{{.*}}_8nameless12whole_output04HERE = {{.*}}c"w_0__"
// CHECK-DAG: @_RNvNCNvC{{.*}}_8nameless12whole_outputs_04HERE = {{.*}}c"w_x__"
// CHECK-DAG: @_RNvNCNCNvC{{.*}}_8nameless12whole_outputs0_004HERE = {{.*}}c"w_y_0"
pub fn whole_output() -> [Place; 3] { [closure!(here!(b"w_x__"))(), call(|| here!(b"w_0__")), closure!(call(|| here!(b"w_y_0")))()] }

// CHECK-DAG: @_RNvNKNCNvC{{.*}}_8nameless12in_constants004HERE = {{.*}}c"k_00_"
// CHECK-DAG: @_RNvNKNvC{{.*}}_8nameless12in_constantss_04HERE = {{.*}}c"k_0__"
// CHECK-DAG: @_RNvNKNvC{{.*}}_8nameless12in_constantss1_04HERE = {{.*}}c"k_1__"
// CHECK-DAG: @_RNvNCNKNvC{{.*}}_8nameless12in_constantss2_004HERE = {{.*}}c"k_2_0"
// CHECK-DAG: @_RNvNKNKNvC{{.*}}_8nameless12in_constantss0_004HERE = {{.*}}c"k_3_0"
// CHECK-DAG: @_RNvNKNvC{{.*}}_8nameless12in_constantss3_04HERE = {{.*}}c"k_x__"
pub fn in_constants() -> [Place; 5] {
    let _lengths = [0; { static HERE: [u8; 5] = *b"k_0__"; HERE.len() }];
    let nested = const { in_const!(here!(b"k_3_0")) };
    [const { here!(b"k_1__") }, in_const!(here!(b"k_x__")), const { closure!(here!(b"k_2_0")) }(), nested, call(|| const { here!(b"k_00_") })]
}

// CHECK-DAG: @_RNvNCNvNCNvC{{.*}}_8nameless5items08function04HERE = {{.*}}c"i_0_f"
// CHECK-DAG: @_RNvNCNvMs_NCNvC{{.*}}_8nameless5items0NtB{{[0-9A-Za-z]*}}_6Struct6method04HERE = {{.*}}c"i_0_m"
// CHECK-DAG: @_RNvNCNvNtNCNvC{{.*}}_8nameless5items05Trait8provided04HERE = {{.*}}c"i_0_t"
pub fn items() -> [Place; 3] {
    call(|| {
        trait Trait { fn provided(&self) -> Place { call(|| here!(b"i_0_t")) } }
        struct Struct;
        impl Trait for Struct {}
        impl Struct { fn method(&self) -> Place { call(|| here!(b"i_0_m")) } }
        fn function() -> Place { call(|| here!(b"i_0_f")) }
        [Struct.provided(), Struct.method(), function()]
    })
}

// CHECK-DAG: @_RNvNCNvNCNvMC{{.*}}_8namelessINtB{{[0-9A-Za-z]*}}_7GenericpE6method05inner04HERE = {{.*}}c"g_0_i"
// CHECK-DAG: @_RNvNCNvMC{{.*}}_8namelessINtB{{[0-9A-Za-z]*}}_7GenericpE6methods0_04HERE = {{.*}}c"g_2__"
pub struct Generic<T>(T);
impl<T: Copy> Generic<T> {
    pub fn method(&self) -> (T, Place, Place) {
        let deep = || {
            fn inner<U>(u: U) -> (U, Place) { (u, call(|| here!(b"g_0_i"))) }
            inner(1).1
        };
        (call(|| self.0), in_closure!(here!(b"g_2__")), deep())
    }
}

// CHECK-DAG: @_RNvNCNvC{{.*}}_8nameless5TABLE04HERE = {{.*}}c"t_0__"
// CHECK-DAG: @_RNvNCNvC{{.*}}_8nameless5TABLEs_04HERE = {{.*}}c"t_x__"
pub static TABLE: [fn() -> Place; 2] = [closure!(here!(b"t_x__")), || here!(b"t_0__")];

// CHECK-DAG: @_RNvNKNtNtC{{.*}}_8nameless4Enum1A04HERE = {{.*}}c"e_a__"
// CHECK-DAG: @_RNvNKNtNtC{{.*}}_8nameless4Enum1B04HERE = {{.*}}c"e_b__"
pub enum Enum {
    A = { static HERE: [u8; 5] = *b"e_a__"; HERE.len() as isize },
    B = { static HERE: [u8; 5] = *b"e_b__"; 1 + HERE.len() as isize },
}

// CHECK-DAG: @_RNvNCNCNvC{{.*}}_8nameless12asynchronous004HERE = {{.*}}c"a_0__"
pub async fn asynchronous() -> Place { call(|| here!(b"a_0__")) }

// CHECK-DAG: @_RNvNCNCNvC{{.*}}_8nameless11async_block004HERE = {{.*}}c"b_0__"
pub fn async_block() -> impl Sized { async { call(|| here!(b"b_0__")) } }
