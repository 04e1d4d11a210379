"""Source, configuration and build of the kernel, by its own Makefiles."""

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path

import rust
from steps import StepFailed, Steps

HERE = Path(__file__).resolve().parent
REFERENCE = HERE.parent / "oracle.sh"
GENERATED_BINDINGS = ["rust/bindings/bindings_generated.rs", "rust/bindings/bindings_helpers_generated.rs", "rust/uapi/uapi_generated.rs"]
GENERATED_TESTS = ["rust/doctests_kernel_generated.rs"]
TARBALL = Path("/usr/src/linux-source-6.12.tar.xz")
FRAGMENTS = {"a": ["common", "a"], "b": ["common", "b"], "minimal": ["minimal"]}


@dataclass(frozen=True)
class Variant:
    """A configuration with its Rust compiled in another way. Neither kind of difference makes Kbuild compile C again."""
    name: str
    flags: tuple = ()    # what distinguishes the compiler's commands
    config: str = ""     # lines after the fragments
    rustflags: str = ""  # the kernel's KRUSTFLAGS


VARIANTS = {variant.name: variant for variant in (
    Variant("plain"),
    Variant("size", flags=("-Copt-level=s",), rustflags="-Copt-level=s"),
    Variant("checks", flags=("-Coverflow-checks=y", "-Cdebug-assertions=y"),
            config="CONFIG_RUST_OVERFLOW_CHECKS=y\nCONFIG_RUST_DEBUG_ASSERTIONS=y\n"))}


class Kbuild:
    """One configuration's build folder, `work/CONFIG`, beside the unpacked source, `work/linux-source-6.12`. Variants share the folder.
    With `reference`, the reference compiler builds in `work/CONFIG.reference`, which begins as a copy of `work/CONFIG`."""

    def __init__(self, work, ferric, config, jobs, variant="plain", reference=False):
        self.work, self.config, self.jobs, self.variant = work, config, jobs, VARIANTS[variant]
        self.compiler = REFERENCE if reference else Path(ferric).resolve()
        self.source = work / "linux-source-6.12"
        self.out = work / (config + (".reference" if reference else ""))
        self.steps = Steps(work / "logs" / (self.out.name + ("" if variant == "plain" else f"-{variant}")))
        self.wanted = "".join((HERE / f"{name}.config").read_text() for name in FRAGMENTS[config]) + self.variant.config

    def make(self, step, *targets, append=False):
        """Runs make with what makes it use Clang 22 and Ferric. Host programs and proc macros go through Ferric to the reference."""
        compiler = "clang-22"
        command = ["make", "-C", self.source, f"O={self.out}", f"-j{self.jobs}", "LLVM=-22",
                   f"CC=ccache {compiler}" if shutil.which("ccache") else f"CC={compiler}",
                   f"RUSTC={self.compiler}", f"HOSTRUSTC={self.compiler}", f"BINDGEN={HERE / 'bindgen'}",
                   f"RUSTDOC={HERE / 'rustdoc'}", f"KRUSTFLAGS={self.variant.rustflags}", *targets]
        self.steps.run(step, command, append=append, env={"FERRIC_HOST_RUSTC": str(REFERENCE), "FERRIC": str(self.compiler)})

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
        """The kernel's own check of compiler, bindgen and library source. Returns its answer; another one is StepFailed."""
        self._make_folder()
        with self.steps.step("rustavailable", f"asking the kernel about {self.compiler}"):
            self.steps.run("rustavailable", [self.compiler, "--version", "--verbose"])
            self.make("rustavailable", "rustavailable", append=True)
            answers = [line for line in self.steps.log("rustavailable").read_text().splitlines() if line == "Rust is available!"]
            if not answers:
                raise StepFailed(f"rustavailable: the kernel does not say that Rust is available; see {self.steps.log('rustavailable')}")
            return answers[0]

    def _make_folder(self):
        """An empty build folder; for the reference a copy of Ferric's when that has a C side, which then is compiled once for both."""
        if self.out.exists():
            return
        other = self.work / self.config
        if other != self.out and (other / "vmlinux").exists():
            with self.steps.step("copy", f"{other} to {self.out}"):
                self.steps.run("copy", ["cp", "-a", other, f"{self.out}.partial"])
            Path(f"{self.out}.partial").rename(self.out)
        self.out.mkdir(exist_ok=True)

    def configure(self):
        """tinyconfig and the fragments; every line of these must be in the outcome. Done again when the fragments change."""
        stamp = self.out / ".wanted"
        if stamp.exists() and stamp.read_text() == self.wanted and (self.out / ".config").exists():
            return
        with self.steps.step("configure", f"configuration {self.config}, {self.variant.name}"):
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
        time = "some 15 minutes" if self.config != "minimal" else "some minutes"
        with self.steps.step("build", f"kernel and modules ({time} the first time on two cores)"):
            self._notice_tools()
            self.make("build", "bzImage", "modules", append=True)

    def build_rust(self):
        """All Rust objects, and of C only what these need. Goes on after an error; StepFailed in the end."""
        with self.steps.step("build", "all Rust of the kernel, without its C side"):
            self._notice_tools()
            self.make("build", "-k", "rust/", *rust.leaf_objects(self), append=True)

    def _notice_tools(self):
        """Kbuild sees the compiler's version, its flags and the tools' names; what a tool made goes away when its file is another than last
        time. A build log goes on as long as it tells of the same tools and variant."""
        made = {self.compiler: ["rust/core.o"], HERE / "bindgen": GENERATED_BINDINGS, HERE / "rustdoc": GENERATED_TESTS}
        for tool, files in made.items():
            if self._is_news(tool.name, hashlib.sha256(tool.read_bytes()).hexdigest()):
                for file in files:
                    (self.out / file).unlink(missing_ok=True)
        self._is_news("variant", self.variant.name)

    def _is_news(self, name, value):
        """Whether the build folder was last made with another `value`; begins the build log anew then."""
        stamp = self.out / f".built-with-{name}"
        if stamp.exists() and stamp.read_text() == value:
            return False
        self.steps.log("build").unlink(missing_ok=True)
        stamp.write_text(value)
        return True

    def has(self, option):
        """Whether an option is built in or a module."""
        lines = (self.out / ".config").read_text().splitlines()
        return f"{option}=y" in lines or f"{option}=m" in lines

    @property
    def has_c_side(self):
        """Whether a kernel was linked here before, so that another one takes little more than its Rust."""
        return (self.out / "vmlinux").exists()

    @property
    def built_variant(self):
        """The variant that the build folder holds."""
        stamp = self.out / ".built-with-variant"
        return stamp.read_text() if stamp.exists() else "nothing"

    @property
    def image(self):
        return self.out / "arch/x86/boot/bzImage"
