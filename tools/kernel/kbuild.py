"""Source, configuration and build of the kernel, by its own Makefiles."""

import hashlib
import shutil
from pathlib import Path

from steps import StepFailed

HERE = Path(__file__).resolve().parent
REFERENCE = HERE.parent / "oracle.sh"
GENERATED_BINDINGS = ["rust/bindings/bindings_generated.rs", "rust/bindings/bindings_helpers_generated.rs", "rust/uapi/uapi_generated.rs"]
GENERATED_TESTS = ["rust/doctests_kernel_generated.rs"]
TARBALL = Path("/usr/src/linux-source-6.12.tar.xz")


class Kbuild:
    """One configuration's build folder, `work/CONFIG`, beside the unpacked source, `work/linux-source-6.12`."""

    def __init__(self, steps, work, ferric, config, jobs):
        self.steps, self.work, self.ferric, self.config, self.jobs = steps, work, Path(ferric).resolve(), config, jobs
        self.source = work / "linux-source-6.12"
        self.out = work / config
        self.wanted = (HERE / "common.config").read_text() + (HERE / f"{config}.config").read_text()

    def make(self, step, *targets, append=False):
        """Runs make with what makes it use Clang 22 and Ferric. Host programs and proc macros go through Ferric to the reference."""
        compiler = "clang-22"
        command = ["make", "-C", self.source, f"O={self.out}", f"-j{self.jobs}", "LLVM=-22",
                   f"CC=ccache {compiler}" if shutil.which("ccache") else f"CC={compiler}",
                   f"RUSTC={self.ferric}", f"HOSTRUSTC={self.ferric}", f"BINDGEN={HERE / 'bindgen'}",
                   f"RUSTDOC={HERE / 'rustdoc'}", *targets]
        self.steps.run(step, command, append=append, env={"FERRIC_HOST_RUSTC": str(REFERENCE), "FERRIC": str(self.ferric)})

    def unpack(self):
        """Unpacks Debian's source once; an interrupted unpacking is begun again."""
        ready = self.source / ".unpacked"
        if ready.exists():
            return
        with self.steps.step("source", f"unpacking {TARBALL}"):
            if not TARBALL.exists():
                raise StepFailed(f"source: no {TARBALL} (package linux-source-6.12)")
            shutil.rmtree(self.source, ignore_errors=True)
            self.steps.run("source", ["tar", "-C", self.work, "-xJf", TARBALL])
            ready.touch()

    def fetch_reference(self):
        """The reference compiler, for what Ferric hands over: host programs and the proc macro crate."""
        with self.steps.step("reference", "fetching the reference compiler, if it is not there"):
            self.steps.run("reference", [REFERENCE, "--fetch"])

    def rust_available(self):
        """The kernel's own check of compiler, bindgen and library source."""
        self.out.mkdir(exist_ok=True)
        with self.steps.step("rustavailable", f"asking the kernel about {self.ferric}"):
            self.steps.run("rustavailable", [self.ferric, "--version", "--verbose"])
            self.make("rustavailable", "rustavailable", append=True)
            if "Rust is available!" not in self.steps.log("rustavailable").read_text():
                raise StepFailed(f"rustavailable: the kernel does not say that Rust is available; see {self.steps.log('rustavailable')}")

    def configure(self):
        """tinyconfig and the fragments; every line of these must be in the outcome. Done again when the fragments change."""
        stamp = self.out / ".wanted"
        if stamp.exists() and stamp.read_text() == self.wanted and (self.out / ".config").exists():
            return
        with self.steps.step("configure", f"configuration {self.config}"):
            self.make("configure", "tinyconfig")
            with open(self.out / ".config", "a", encoding="utf-8") as config:
                config.write(self.wanted)
            self.make("configure", "olddefconfig", append=True)
            got = set((self.out / ".config").read_text().splitlines())
            missing = [line for line in self.wanted.splitlines() if "CONFIG_" in line and line not in got]
            if missing:
                raise StepFailed(f"configure: not in {self.out / '.config'}: {', '.join(missing)}")
            stamp.write_text(self.wanted)
            self.steps.log("build").unlink(missing_ok=True)

    def build(self):
        """Kernel and modules. make goes on where it stopped; another Ferric than last time makes it compile all Rust again."""
        with self.steps.step("build", "kernel and modules (some 15 minutes the first time on two cores)"):
            self._notice_tools()
            self.make("build", "bzImage", "modules", append=True)

    def _notice_tools(self):
        """Kbuild sees the compiler's version and the tools' names; what a tool made goes away when its file is another than last time."""
        for tool, made in ((self.ferric, ["rust/core.o"]), (HERE / "bindgen", GENERATED_BINDINGS), (HERE / "rustdoc", GENERATED_TESTS)):
            stamp = self.out / f".{tool.name}.sha256"
            digest = hashlib.sha256(tool.read_bytes()).hexdigest()
            if stamp.exists() and stamp.read_text() != digest:
                self.steps.log("build").unlink(missing_ok=True)
                for file in made:
                    (self.out / file).unlink(missing_ok=True)
            stamp.write_text(digest)

    def has(self, option):
        return f"{option}=y" in (self.out / ".config").read_text().splitlines()

    @property
    def image(self):
        return self.out / "arch/x86/boot/bzImage"
