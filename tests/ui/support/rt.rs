// What the test programs stand on: a panic handler and plain printing through libc, no core::fmt.

unsafe extern "C" {
    fn write(fd: i32, bytes: *const u8, len: usize) -> isize;
    fn _exit(code: i32) -> !;
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    exit(101)
}

#[allow(dead_code)]
pub fn exit(code: i32) -> ! {
    unsafe { _exit(code) }
}

/// Prints a text, no line end.
#[allow(dead_code)]
pub fn put(text: &str) {
    unsafe { write(1, text.as_ptr(), text.len()) };
}

/// Prints a text and a line end.
#[allow(dead_code)]
pub fn line(text: &str) {
    put(text);
    put("\n");
}

/// Prints a number in decimal and a line end.
#[allow(dead_code)]
pub fn num(value: i64) {
    put_num(value);
    put("\n");
}

/// Prints `name value` and a line end.
#[allow(dead_code)]
pub fn show(name: &str, value: i64) {
    put(name);
    put(" ");
    num(value);
}

#[allow(dead_code)]
pub fn put_num(value: i64) {
    let mut digits = [0u8; 20];
    let mut at = digits.len();
    let mut rest = if value < 0 { (value as u64).wrapping_neg() } else { value as u64 };
    loop {
        at = at.wrapping_sub(1);
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if value < 0 {
        put("-");
    }
    unsafe { write(1, digits.as_ptr().wrapping_add(at), digits.len().wrapping_sub(at)) };
}

/// Exits with 1 and says where when `ok` is false.
#[allow(dead_code)]
#[track_caller]
pub fn check(ok: bool) {
    if !ok {
        put("check failed in line ");
        num(core::panic::Location::caller().line() as i64);
        exit(1);
    }
}
