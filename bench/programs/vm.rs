//! A small virtual machine: an assembler, an interpreter with a match over instructions, checked stacks and Result.
#![no_std]
#![no_main]
mod support;
use support::{Vector, mix, report};

#[derive(Clone, Copy, Debug, PartialEq)]
enum Op {
    Push(i64),
    Load(u8),
    Store(u8),
    Add,
    Sub,
    Mul,
    Rem,
    Less,
    Equal,
    Jump(u32),
    JumpIfZero(u32),
    Call(u32),
    Return,
    Dup,
    Swap,
    Drop,
    Emit,
    Halt,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Trap {
    Underflow(u32),
    Overflow,
    BadJump(u32),
    DivisionByZero,
}

struct Stack<T, const N: usize> {
    slots: [T; N],
    len: usize,
}

impl<T: Copy, const N: usize> Stack<T, N> {
    fn push(&mut self, v: T) -> Result<(), Trap> {
        *self.slots.get_mut(self.len).ok_or(Trap::Overflow)? = v;
        self.len += 1;
        Ok(())
    }
    fn pop(&mut self, at: u32) -> Result<T, Trap> {
        self.len = self.len.checked_sub(1).ok_or(Trap::Underflow(at))?;
        Ok(self.slots[self.len])
    }
}

struct Machine<'a, F: FnMut(i64)> {
    code: &'a [Op],
    stack: Stack<i64, 256>,
    calls: Stack<u32, 64>,
    locals: [i64; 16],
    out: F,
}

impl<'a, F: FnMut(i64)> Machine<'a, F> {
    fn new(code: &'a [Op], out: F) -> Self {
        Machine { code, stack: Stack { slots: [0; 256], len: 0 }, calls: Stack { slots: [0; 64], len: 0 }, locals: [0; 16], out }
    }
    fn binary(&mut self, at: u32, f: impl FnOnce(i64, i64) -> i64) -> Result<(), Trap> {
        let b = self.stack.pop(at)?;
        let a = self.stack.pop(at)?;
        self.stack.push(f(a, b))
    }
    fn run(&mut self) -> Result<u64, Trap> {
        let mut pc = 0u32;
        let mut steps = 0;
        loop {
            let op = *self.code.get(pc as usize).ok_or(Trap::BadJump(pc))?;
            pc += 1;
            steps += 1;
            match op {
                Op::Push(n) => self.stack.push(n)?,
                Op::Load(i) => self.stack.push(self.locals[(i & 15) as usize])?,
                Op::Store(i) => self.locals[(i & 15) as usize] = self.stack.pop(pc)?,
                Op::Add => self.binary(pc, i64::wrapping_add)?,
                Op::Sub => self.binary(pc, i64::wrapping_sub)?,
                Op::Mul => self.binary(pc, i64::wrapping_mul)?,
                Op::Rem => {
                    let b = self.stack.pop(pc)?;
                    let a = self.stack.pop(pc)?;
                    self.stack.push(a.checked_rem(b).ok_or(Trap::DivisionByZero)?)?;
                }
                Op::Less => self.binary(pc, |a, b| (a < b) as i64)?,
                Op::Equal => self.binary(pc, |a, b| (a == b) as i64)?,
                Op::Jump(to) => pc = to,
                Op::JumpIfZero(to) => {
                    if self.stack.pop(pc)? == 0 {
                        pc = to;
                    }
                }
                Op::Call(to) => {
                    self.calls.push(pc)?;
                    pc = to;
                }
                Op::Return => pc = self.calls.pop(pc)?,
                Op::Dup => {
                    let v = self.stack.pop(pc)?;
                    self.stack.push(v)?;
                    self.stack.push(v)?;
                }
                Op::Swap => {
                    let b = self.stack.pop(pc)?;
                    let a = self.stack.pop(pc)?;
                    self.stack.push(b)?;
                    self.stack.push(a)?;
                }
                Op::Drop => drop(self.stack.pop(pc)?),
                Op::Emit => {
                    let v = self.stack.pop(pc)?;
                    (self.out)(v);
                }
                Op::Halt => return Ok(steps),
            }
        }
    }
}

fn assemble(source: &str) -> Option<Vector<Op>> {
    let mut labels: Vector<(&str, u32)> = Vector::new();
    let lines = || source.lines().map(str::trim).filter(|l| !l.is_empty());
    let mut at = 0;
    for line in lines() {
        match line.strip_suffix(':') {
            Some(name) => labels.push((name, at)),
            None => at += 1,
        }
    }
    let target = |name: &str| labels.iter().find(|(n, _)| *n == name).map(|(_, at)| *at);
    let mut code = Vector::new();
    for line in lines().filter(|l| !l.ends_with(':')) {
        let (name, arg) = line.split_once(' ').unwrap_or((line, ""));
        code.push(match name {
            "push" => Op::Push(arg.parse().ok()?),
            "load" => Op::Load(arg.parse().ok()?),
            "store" => Op::Store(arg.parse().ok()?),
            "add" => Op::Add,
            "sub" => Op::Sub,
            "mul" => Op::Mul,
            "rem" => Op::Rem,
            "less" => Op::Less,
            "equal" => Op::Equal,
            "jump" => Op::Jump(target(arg)?),
            "jz" => Op::JumpIfZero(target(arg)?),
            "call" => Op::Call(target(arg)?),
            "return" => Op::Return,
            "dup" => Op::Dup,
            "swap" => Op::Swap,
            "drop" => Op::Drop,
            "emit" => Op::Emit,
            "halt" => Op::Halt,
            _ => return None,
        });
    }
    Some(code)
}

const PROGRAM: &str = "
    push 2
    store 0
outer:
    load 0
    push 12000
    less
    jz done
    call prime
    jz next
    load 0
    emit
next:
    load 0
    push 1
    add
    store 0
    jump outer
done:
    push 1
    push 0
    rem
    halt
prime:
    push 2
    store 1
divide:
    load 1
    dup
    mul
    load 0
    swap
    less
    jz more
    push 1
    return
more:
    load 0
    load 1
    rem
    push 0
    equal
    jz again
    push 0
    return
again:
    load 1
    push 1
    add
    store 1
    jump divide
";

const ROUNDS: u32 = 4;

fn run() {
    let mut sum = 0;
    for round in 0..15 {
        let code = assemble(PROGRAM).expect("the program assembles");
        let mut emitted = 0;
        let end = Machine::new(&code, |v| emitted = mix(emitted, v as u64)).run();
        sum = mix(sum, match end {
            Ok(steps) => steps,
            Err(Trap::DivisionByZero) => round,
            Err(trap) => panic!("{trap:?}"),
        });
        sum = mix(sum, emitted);
    }
    report("vm", sum);
}
