"""Steps of a long job: each has a log, shows that it goes on, and says on failure its name, its log and the log's end."""

import contextlib
import os
import subprocess
import sys
import time
from pathlib import Path


class StepFailed(Exception):
    """A step did not do what it must; the message says what to look at."""


class Steps:
    """Runs named steps. `logs/NAME.log` has the output of each."""

    def __init__(self, logs):
        self.logs = Path(logs)
        self.logs.mkdir(parents=True, exist_ok=True)

    def log(self, name):
        return self.logs / f"{name}.log"

    @contextlib.contextmanager
    def step(self, name, what):
        """Announces a step, and says how long it took or how it failed; the failure goes on to the caller."""
        start = time.monotonic()
        print(f"{name}: {what}", flush=True)
        try:
            yield
        except StepFailed:
            print(f"{name}: FAILED after {time.monotonic() - start:.0f} s", flush=True)
            raise
        print(f"{name}: done in {time.monotonic() - start:.0f} s", flush=True)

    def run(self, name, command, append=False, env=None, cwd=None):
        """Runs a command with its output in the step's log (a new one unless `append`); a bad exit status is StepFailed."""
        log = self.log(name)
        with open(log, "a" if append else "w", buffering=1, encoding="utf-8", errors="replace") as out:
            print("$", *command, file=out, flush=True)
            process = subprocess.Popen(
                [str(word) for word in command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                text=True, errors="replace", cwd=cwd, env={**os.environ, **(env or {})})
            progress = Progress(name)
            for line in process.stdout:
                out.write(line)
                progress.line(line)
            progress.end()
        if process.wait() != 0:
            raise StepFailed(f"{name}: `{command[0]}` ended with {process.returncode}; its output is in {log}, which ends:\n{tail(log)}")


class Progress:
    """One line that is written over on a terminal; elsewhere a line every half minute."""

    def __init__(self, name):
        self.name, self.lines, self.terminal = name, 0, sys.stdout.isatty()
        self.every = 0.2 if self.terminal else 30
        self.start = self.last = time.monotonic()

    def line(self, text):
        self.lines += 1
        now = time.monotonic()
        if now - self.last < self.every:
            return
        self.last = now
        shown = f"  {self.name} {now - self.start:4.0f} s, {self.lines} lines: {text.strip()}"[:110]
        print(f"\r\033[K{shown}" if self.terminal else shown, end="" if self.terminal else "\n", flush=True)

    def end(self):
        if self.terminal:
            print("\r\033[K", end="", flush=True)


def tail(path, lines=15):
    return "\n".join("  " + line for line in Path(path).read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])
