/// Owned types in the shape of alloc's, as far as core's tests use them.
mod owned {
    use super::libc;
    use core::alloc::Layout;
    use core::ptr::NonNull;

    fn allocate(layout: Layout) -> NonNull<u8> {
        if layout.size() == 0 {
            return NonNull::without_provenance(core::num::NonZero::new(layout.align()).unwrap());
        }
        let align = layout.align().max(16);
        NonNull::new(unsafe { libc::aligned_alloc(align, layout.size().next_multiple_of(align)) }).expect("out of memory")
    }

    unsafe fn release(memory: *mut u8, layout: Layout) {
        if layout.size() != 0 {
            unsafe { libc::free(memory) }
        }
    }

    pub mod boxed {
        use super::{allocate, release, vec::Vec, string::String};
        use core::alloc::Layout;
        use core::fmt;
        use core::hash::{Hash, Hasher};
        use core::marker::{PhantomData, Unsize};
        use core::mem::ManuallyDrop;
        use core::ops::{CoerceUnsized, Deref, DerefMut};
        use core::pin::Pin;
        use core::ptr::NonNull;

        pub struct Box<T: ?Sized>(NonNull<T>, PhantomData<T>);

        unsafe impl<T: ?Sized + Send> Send for Box<T> {}
        unsafe impl<T: ?Sized + Sync> Sync for Box<T> {}
        impl<T: ?Sized> Unpin for Box<T> {}
        impl<T: ?Sized + Unsize<U>, U: ?Sized> CoerceUnsized<Box<U>> for Box<T> {}

        impl<T> Box<T> {
            pub fn new(value: T) -> Self {
                let memory = allocate(Layout::new::<T>()).cast::<T>();
                unsafe { memory.write(value) };
                Box(memory, PhantomData)
            }

            pub fn pin(value: T) -> Pin<Self> {
                unsafe { Pin::new_unchecked(Box::new(value)) }
            }
        }

        impl<T: ?Sized> Box<T> {
            pub fn into_raw(this: Self) -> *mut T {
                ManuallyDrop::new(this).0.as_ptr()
            }

            pub unsafe fn from_raw(raw: *mut T) -> Self {
                Box(unsafe { NonNull::new_unchecked(raw) }, PhantomData)
            }
        }

        impl<T> Box<[T]> {
            pub fn into_vec(self) -> Vec<T> {
                let mut values = Vec::new();
                let raw = Box::into_raw(self);
                unsafe {
                    values.extend((0..raw.len()).map(|i| raw.cast::<T>().add(i).read()));
                    release(raw.cast(), Layout::array::<T>(raw.len()).unwrap());
                }
                values
            }
        }

        impl<T: ?Sized> Drop for Box<T> {
            fn drop(&mut self) {
                unsafe {
                    let layout = Layout::for_value(self.0.as_ref());
                    self.0.drop_in_place();
                    release(self.0.as_ptr().cast(), layout);
                }
            }
        }

        impl<T: ?Sized> Deref for Box<T> {
            type Target = T;
            fn deref(&self) -> &T {
                unsafe { self.0.as_ref() }
            }
        }

        impl<T: ?Sized> DerefMut for Box<T> {
            fn deref_mut(&mut self) -> &mut T {
                unsafe { self.0.as_mut() }
            }
        }

        impl<T: Clone> Clone for Box<T> {
            fn clone(&self) -> Self {
                Box::new((**self).clone())
            }
        }

        impl<T: Default> Default for Box<T> {
            fn default() -> Self {
                Box::new(T::default())
            }
        }

        impl<T: ?Sized + PartialEq> PartialEq for Box<T> {
            fn eq(&self, other: &Self) -> bool {
                **self == **other
            }
        }

        impl<T: ?Sized + Eq> Eq for Box<T> {}

        impl<T: ?Sized + Hash> Hash for Box<T> {
            fn hash<H: Hasher>(&self, state: &mut H) {
                (**self).hash(state)
            }
        }

        impl<T: ?Sized + fmt::Debug> fmt::Debug for Box<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                (**self).fmt(f)
            }
        }

        impl<T: ?Sized + fmt::Display> fmt::Display for Box<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                (**self).fmt(f)
            }
        }

        impl<T: ?Sized> fmt::Pointer for Box<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Pointer::fmt(&self.0, f)
            }
        }

        impl<T: ?Sized> AsRef<T> for Box<T> {
            fn as_ref(&self) -> &T {
                self
            }
        }

        impl<A: core::marker::Tuple, F: FnOnce<A>> FnOnce<A> for Box<F> {
            type Output = F::Output;
            extern "rust-call" fn call_once(self, args: A) -> F::Output {
                let raw = Box::into_raw(self);
                unsafe {
                    let f = raw.read();
                    release(raw.cast(), Layout::new::<F>());
                    f.call_once(args)
                }
            }
        }

        impl<I: Iterator + ?Sized> Iterator for Box<I> {
            type Item = I::Item;
            fn next(&mut self) -> Option<I::Item> {
                (**self).next()
            }
        }

        impl<F: core::future::Future + ?Sized + Unpin> core::future::Future for Box<F> {
            type Output = F::Output;
            fn poll(mut self: Pin<&mut Self>, cx: &mut core::task::Context<'_>) -> core::task::Poll<F::Output> {
                Pin::new(&mut **self).poll(cx)
            }
        }

        impl<'a, E: core::error::Error + 'a> From<E> for Box<dyn core::error::Error + 'a> {
            fn from(error: E) -> Self {
                Box::new(error)
            }
        }

        impl From<&str> for Box<str> {
            fn from(text: &str) -> Self {
                String::from(text).into_boxed_str()
            }
        }

        impl<T> FromIterator<T> for Box<[T]> {
            fn from_iter<I: IntoIterator<Item = T>>(iter: I) -> Self {
                Vec::from_iter(iter).into_boxed_slice()
            }
        }
    }

    pub mod rc {
        use super::{allocate, release};
        use core::alloc::Layout;
        use core::cell::Cell;
        use core::fmt;
        use core::hash::{Hash, Hasher};
        use core::marker::{PhantomData, Unsize};
        use core::ops::{CoerceUnsized, Deref};
        use core::ptr::NonNull;

        struct Counted<T: ?Sized> {
            strong: Cell<usize>,
            value: T,
        }

        pub struct Rc<T: ?Sized>(NonNull<Counted<T>>, PhantomData<T>);

        // One thread a program: this is Arc as well.
        unsafe impl<T: ?Sized + Send + Sync> Send for Rc<T> {}
        unsafe impl<T: ?Sized + Send + Sync> Sync for Rc<T> {}
        impl<T: ?Sized> Unpin for Rc<T> {}
        impl<T: ?Sized + Unsize<U>, U: ?Sized> CoerceUnsized<Rc<U>> for Rc<T> {}

        impl<T> Rc<T> {
            pub fn new(value: T) -> Self {
                let memory = allocate(Layout::new::<Counted<T>>()).cast();
                unsafe { memory.write(Counted { strong: Cell::new(1), value }) };
                Rc(memory, PhantomData)
            }
        }

        impl<T: ?Sized> Rc<T> {
            pub fn strong_count(this: &Self) -> usize {
                unsafe { this.0.as_ref() }.strong.get()
            }

            pub fn ptr_eq(this: &Self, other: &Self) -> bool {
                core::ptr::addr_eq(this.0.as_ptr(), other.0.as_ptr())
            }

            pub fn as_ptr(this: &Self) -> *const T {
                &raw const **this
            }
        }

        impl<T: ?Sized> Clone for Rc<T> {
            fn clone(&self) -> Self {
                let strong = unsafe { &self.0.as_ref().strong };
                strong.set(strong.get() + 1);
                Rc(self.0, PhantomData)
            }
        }

        impl<T: ?Sized> Drop for Rc<T> {
            fn drop(&mut self) {
                unsafe {
                    let strong = &self.0.as_ref().strong;
                    strong.set(strong.get() - 1);
                    if strong.get() == 0 {
                        let layout = Layout::for_value(self.0.as_ref());
                        (&raw mut (*self.0.as_ptr()).value).drop_in_place();
                        release(self.0.as_ptr().cast(), layout);
                    }
                }
            }
        }

        impl<T: ?Sized> Deref for Rc<T> {
            type Target = T;
            fn deref(&self) -> &T {
                unsafe { &self.0.as_ref().value }
            }
        }

        impl<T: ?Sized + PartialEq> PartialEq for Rc<T> {
            fn eq(&self, other: &Self) -> bool {
                **self == **other
            }
        }

        impl<T: ?Sized + Hash> Hash for Rc<T> {
            fn hash<H: Hasher>(&self, state: &mut H) {
                (**self).hash(state)
            }
        }

        impl<T: ?Sized + fmt::Debug> fmt::Debug for Rc<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                (**self).fmt(f)
            }
        }

        impl<T: ?Sized + fmt::Display> fmt::Display for Rc<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                (**self).fmt(f)
            }
        }

        impl<T: ?Sized> fmt::Pointer for Rc<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Pointer::fmt(&(&raw const **self), f)
            }
        }
    }

    pub mod vec {
        use super::{allocate, release, boxed::Box, string::String};
        use core::alloc::Layout;
        use core::fmt;
        use core::hash::{Hash, Hasher};
        use core::marker::PhantomData;
        use core::mem::ManuallyDrop;
        use core::ops::{Deref, DerefMut};
        use core::ptr::NonNull;

        pub struct Vec<T> {
            memory: NonNull<T>,
            capacity: usize,
            len: usize,
            owns: PhantomData<T>,
        }

        unsafe impl<T: Send> Send for Vec<T> {}
        unsafe impl<T: Sync> Sync for Vec<T> {}

        impl<T> Vec<T> {
            pub const fn new() -> Self {
                Vec { memory: NonNull::dangling(), capacity: 0, len: 0, owns: PhantomData }
            }

            pub fn with_capacity(capacity: usize) -> Self {
                let mut made = Vec::new();
                made.grow_to(capacity);
                made
            }

            fn grow_to(&mut self, capacity: usize) {
                let memory = allocate(Layout::array::<T>(capacity).unwrap()).cast::<T>();
                unsafe {
                    memory.copy_from_nonoverlapping(self.memory, self.len);
                    release(self.memory.as_ptr().cast(), Layout::array::<T>(self.capacity).unwrap());
                }
                self.memory = memory;
                self.capacity = capacity;
            }

            pub fn push(&mut self, value: T) {
                if self.len == self.capacity {
                    self.grow_to(self.capacity.max(4) * 2);
                }
                unsafe { self.memory.add(self.len).write(value) };
                self.len += 1;
            }

            pub fn pop(&mut self) -> Option<T> {
                self.len = self.len.checked_sub(1)?;
                Some(unsafe { self.memory.add(self.len).read() })
            }

            pub fn truncate(&mut self, len: usize) {
                while self.len > len {
                    drop(self.pop());
                }
            }

            pub fn clear(&mut self) {
                self.truncate(0);
            }

            pub fn as_slice(&self) -> &[T] {
                self
            }

            pub fn as_mut_slice(&mut self) -> &mut [T] {
                self
            }

            pub fn capacity(&self) -> usize {
                self.capacity
            }

            pub fn into_boxed_slice(self) -> Box<[T]> {
                let memory = allocate(Layout::array::<T>(self.len).unwrap()).cast::<T>();
                let mut this = self;
                unsafe {
                    memory.copy_from_nonoverlapping(this.memory, this.len);
                    let len = core::mem::take(&mut this.len);
                    Box::from_raw(core::ptr::slice_from_raw_parts_mut(memory.as_ptr(), len))
                }
            }

            pub fn extend_from_slice(&mut self, other: &[T])
            where
                T: Clone,
            {
                self.extend(other.iter().cloned())
            }

            /// What `vec![value; count]` makes.
            pub fn repeated(value: T, count: usize) -> Self
            where
                T: Clone,
            {
                core::iter::repeat_n(value, count).collect()
            }
        }

        impl<T> Drop for Vec<T> {
            fn drop(&mut self) {
                unsafe {
                    core::ptr::drop_in_place(&mut **self);
                    release(self.memory.as_ptr().cast(), Layout::array::<T>(self.capacity).unwrap());
                }
            }
        }

        impl<T> Deref for Vec<T> {
            type Target = [T];
            fn deref(&self) -> &[T] {
                unsafe { core::slice::from_raw_parts(self.memory.as_ptr(), self.len) }
            }
        }

        impl<T> DerefMut for Vec<T> {
            fn deref_mut(&mut self) -> &mut [T] {
                unsafe { core::slice::from_raw_parts_mut(self.memory.as_ptr(), self.len) }
            }
        }

        const impl<T> Default for Vec<T> {
            fn default() -> Self {
                Vec::new()
            }
        }

        impl<T: Clone> Clone for Vec<T> {
            fn clone(&self) -> Self {
                self.iter().cloned().collect()
            }
        }

        impl<T: fmt::Debug> fmt::Debug for Vec<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                (**self).fmt(f)
            }
        }

        impl<T: Hash> Hash for Vec<T> {
            fn hash<H: Hasher>(&self, state: &mut H) {
                (**self).hash(state)
            }
        }

        impl<T> Extend<T> for Vec<T> {
            fn extend<I: IntoIterator<Item = T>>(&mut self, iter: I) {
                for value in iter {
                    self.push(value);
                }
            }
        }

        impl<'a, T: Copy + 'a> Extend<&'a T> for Vec<T> {
            fn extend<I: IntoIterator<Item = &'a T>>(&mut self, iter: I) {
                self.extend(iter.into_iter().copied())
            }
        }

        impl<T> FromIterator<T> for Vec<T> {
            fn from_iter<I: IntoIterator<Item = T>>(iter: I) -> Self {
                let mut values = Vec::new();
                values.extend(iter);
                values
            }
        }

        impl<T, const N: usize> From<[T; N]> for Vec<T> {
            fn from(values: [T; N]) -> Self {
                values.into_iter().collect()
            }
        }

        impl<T: Clone> From<&[T]> for Vec<T> {
            fn from(values: &[T]) -> Self {
                values.iter().cloned().collect()
            }
        }

        impl From<&str> for Vec<u8> {
            fn from(text: &str) -> Self {
                text.as_bytes().into()
            }
        }

        pub struct IntoIter<T> {
            values: ManuallyDrop<Vec<T>>,
            next: usize,
        }

        impl<T> Iterator for IntoIter<T> {
            type Item = T;
            fn next(&mut self) -> Option<T> {
                if self.next == self.values.len {
                    return None;
                }
                self.next += 1;
                Some(unsafe { self.values.memory.add(self.next - 1).read() })
            }
            fn size_hint(&self) -> (usize, Option<usize>) {
                let left = self.values.len - self.next;
                (left, Some(left))
            }
        }

        impl<T> DoubleEndedIterator for IntoIter<T> {
            fn next_back(&mut self) -> Option<T> {
                if self.next == self.values.len { None } else { self.values.pop() }
            }
        }

        impl<T> ExactSizeIterator for IntoIter<T> {}
        impl<T> core::iter::FusedIterator for IntoIter<T> {}

        impl<T> Drop for IntoIter<T> {
            fn drop(&mut self) {
                for value in &mut *self {
                    drop(value);
                }
                self.values.len = 0;
                unsafe { ManuallyDrop::drop(&mut self.values) }
            }
        }

        impl<T> IntoIterator for Vec<T> {
            type Item = T;
            type IntoIter = IntoIter<T>;
            fn into_iter(self) -> IntoIter<T> {
                IntoIter { values: ManuallyDrop::new(self), next: 0 }
            }
        }

        impl<'a, T> IntoIterator for &'a Vec<T> {
            type Item = &'a T;
            type IntoIter = core::slice::Iter<'a, T>;
            fn into_iter(self) -> Self::IntoIter {
                self.iter()
            }
        }

        impl<'a, T> IntoIterator for &'a mut Vec<T> {
            type Item = &'a mut T;
            type IntoIter = core::slice::IterMut<'a, T>;
            fn into_iter(self) -> Self::IntoIter {
                self.iter_mut()
            }
        }

        impl<T: Eq> Eq for Vec<T> {}

        impl<T: PartialOrd> PartialOrd for Vec<T> {
            fn partial_cmp(&self, other: &Self) -> Option<core::cmp::Ordering> {
                (**self).partial_cmp(&**other)
            }
        }

        macro_rules! equal {
            ($([$($generics:tt)*] $left:ty, $right:ty;)*) => {$(
                impl<T: PartialEq<U>, U, $($generics)*> PartialEq<$right> for $left {
                    fn eq(&self, other: &$right) -> bool {
                        self[..] == other[..]
                    }
                }
            )*};
        }

        equal! {
            [] Vec<T>, Vec<U>;
            [] Vec<T>, [U];
            [] Vec<T>, &[U];
            [] Vec<T>, &mut [U];
            [] &[T], Vec<U>;
            [] &mut [T], Vec<U>;
            [] [T], Vec<U>;
            [const N: usize] Vec<T>, [U; N];
            [const N: usize] Vec<T>, &[U; N];
        }

        impl<T> AsRef<[T]> for Vec<T> {
            fn as_ref(&self) -> &[T] {
                self
            }
        }

        impl<T> core::borrow::Borrow<[T]> for Vec<T> {
            fn borrow(&self) -> &[T] {
                self
            }
        }

        pub trait ToOwned {
            type Owned;
            fn to_owned(&self) -> Self::Owned;
        }

        impl ToOwned for str {
            type Owned = String;
            fn to_owned(&self) -> String {
                self.into()
            }
        }

        impl<T: Clone> ToOwned for T {
            type Owned = T;
            fn to_owned(&self) -> T {
                self.clone()
            }
        }

        pub trait ToVec<T> {
            fn to_vec(&self) -> Vec<T>;
            fn into_vec_of(&self) -> Vec<T> {
                self.to_vec()
            }
        }

        impl<T: Clone> ToVec<T> for [T] {
            fn to_vec(&self) -> Vec<T> {
                self.into()
            }
        }

        pub trait Repeat {
            fn repeat(&self, count: usize) -> String;
        }

        impl Repeat for str {
            fn repeat(&self, count: usize) -> String {
                core::iter::repeat_n(self, count).collect()
            }
        }

        pub trait Concat {
            fn concat(&self) -> String;
            fn join(&self, between: &str) -> String;
        }

        impl<S: AsRef<str>> Concat for [S] {
            fn concat(&self) -> String {
                self.join("")
            }
            fn join(&self, between: &str) -> String {
                let mut all = String::new();
                for (i, part) in self.iter().enumerate() {
                    if i > 0 {
                        all.push_str(between);
                    }
                    all.push_str(part.as_ref());
                }
                all
            }
        }
    }

    pub mod string {
        use super::{boxed::Box, vec::Vec};
        use core::fmt::{self, Write};
        use core::hash::{Hash, Hasher};
        use core::ops::{Deref, DerefMut};

        #[derive(Clone, Default, PartialOrd, Eq)]
        pub struct String(Vec<u8>);

        impl String {
            pub const fn new() -> Self {
                String(Vec::new())
            }

            pub fn with_capacity(capacity: usize) -> Self {
                String(Vec::with_capacity(capacity))
            }

            pub fn push(&mut self, c: char) {
                self.push_str(c.encode_utf8(&mut [0; 4]));
            }

            pub fn push_str(&mut self, text: &str) {
                self.0.extend_from_slice(text.as_bytes());
            }

            pub fn clear(&mut self) {
                self.0.clear();
            }

            pub fn as_str(&self) -> &str {
                self
            }

            pub fn into_bytes(self) -> Vec<u8> {
                self.0
            }

            pub fn into_boxed_str(self) -> Box<str> {
                unsafe { Box::from_raw(Box::into_raw(self.0.into_boxed_slice()) as *mut str) }
            }
        }

        impl Deref for String {
            type Target = str;
            fn deref(&self) -> &str {
                unsafe { str::from_utf8_unchecked(&self.0) }
            }
        }

        impl DerefMut for String {
            fn deref_mut(&mut self) -> &mut str {
                unsafe { str::from_utf8_unchecked_mut(&mut self.0) }
            }
        }

        impl Write for String {
            fn write_str(&mut self, text: &str) -> fmt::Result {
                self.push_str(text);
                Ok(())
            }
        }

        impl fmt::Debug for String {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                (**self).fmt(f)
            }
        }

        impl fmt::Display for String {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                (**self).fmt(f)
            }
        }

        impl Hash for String {
            fn hash<H: Hasher>(&self, state: &mut H) {
                (**self).hash(state)
            }
        }

        impl From<&str> for String {
            fn from(text: &str) -> Self {
                let mut made = String::new();
                made.push_str(text);
                made
            }
        }

        impl Extend<char> for String {
            fn extend<I: IntoIterator<Item = char>>(&mut self, iter: I) {
                iter.into_iter().for_each(|c| self.push(c))
            }
        }

        impl<'a> Extend<&'a str> for String {
            fn extend<I: IntoIterator<Item = &'a str>>(&mut self, iter: I) {
                iter.into_iter().for_each(|text| self.push_str(text))
            }
        }

        impl FromIterator<char> for String {
            fn from_iter<I: IntoIterator<Item = char>>(iter: I) -> Self {
                let mut made = String::new();
                made.extend(iter);
                made
            }
        }

        impl<'a> FromIterator<&'a str> for String {
            fn from_iter<I: IntoIterator<Item = &'a str>>(iter: I) -> Self {
                let mut made = String::new();
                made.extend(iter);
                made
            }
        }

        impl FromIterator<String> for String {
            fn from_iter<I: IntoIterator<Item = String>>(iter: I) -> Self {
                let mut made = String::new();
                iter.into_iter().for_each(|text| made.push_str(&text));
                made
            }
        }

        macro_rules! equal {
            ($($left:ty, $right:ty;)*) => {$(
                impl<'a> PartialEq<$right> for $left {
                    fn eq(&self, other: &$right) -> bool {
                        self[..] == other[..]
                    }
                }
            )*};
        }

        equal! { String, String; String, str; String, &'a str; str, String; &'a str, String; }

        impl core::str::FromStr for String {
            type Err = core::convert::Infallible;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Ok(text.into())
            }
        }

        impl core::borrow::Borrow<str> for String {
            fn borrow(&self) -> &str {
                self
            }
        }

        impl AsRef<str> for String {
            fn as_ref(&self) -> &str {
                self
            }
        }

        impl AsRef<[u8]> for String {
            fn as_ref(&self) -> &[u8] {
                self.as_bytes()
            }
        }

        impl core::ops::Add<&str> for String {
            type Output = String;
            fn add(mut self, other: &str) -> String {
                self.push_str(other);
                self
            }
        }

        impl core::ops::AddAssign<&str> for String {
            fn add_assign(&mut self, other: &str) {
                self.push_str(other);
            }
        }

        pub trait ToString {
            fn to_string(&self) -> String;
        }

        impl<T: fmt::Display + ?Sized> ToString for T {
            fn to_string(&self) -> String {
                let mut text = String::new();
                write!(text, "{self}").expect("a Display implementation returned an error unexpectedly");
                text
            }
        }
    }
}
