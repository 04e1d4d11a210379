"""The Rust of the kernel: its objects, and what is in them."""

import subprocess

LIBRARIES = ["core", "compiler_builtins", "ffi", "build_error", "bindings", "uapi", "kernel"]
# Every object of a Rust file outside rust/, but for mm/kasan's test, and the option that it stands on.
LEAVES = {
    "samples/rust/rust_minimal.o": "CONFIG_SAMPLE_RUST_MINIMAL",
    "samples/rust/rust_print.o": "CONFIG_SAMPLE_RUST_PRINT",
    "drivers/block/rnull.o": "CONFIG_BLK_DEV_RUST_NULL",
    "drivers/net/phy/ax88796b_rust.o": "CONFIG_AX88796B_RUST_PHY",
    "drivers/net/phy/qt2025.o": "CONFIG_AMCC_QT2025_PHY",
    "drivers/gpu/drm/drm_panic_qr.o": "CONFIG_DRM_PANIC_SCREEN_QR_CODE",
}
DOCTESTS = "rust/doctests_kernel_generated.o"


def leaf_objects(kbuild):
    """The objects of samples and drivers that a configuration asks for, as make's targets."""
    return [name for name, option in LEAVES.items() if kbuild.has(option)]


def dependants_of_kernel(kbuild):
    """What is compiled against the kernel crate."""
    return leaf_objects(kbuild) + ([DOCTESTS] if kbuild.has("CONFIG_RUST_KERNEL_DOCTESTS") else [])


def objects(kbuild):
    """All Rust objects of a configuration, as make's targets."""
    return [f"rust/{name}.o" for name in LIBRARIES] + dependants_of_kernel(kbuild)


def text_size(path):
    """Bytes of an object's sections that hold code."""
    sections = subprocess.run(["readelf", "-SW", path], capture_output=True, text=True, check=True).stdout
    fields = [line.split("]", 1)[1].split() for line in sections.splitlines() if line.lstrip().startswith("[") and "PROGBITS" in line]
    return sum(int(field[4], 16) for field in fields if "X" in field[6])
