"""One configuration tried: configured, built, booted, and its Rust checked. The outcome is a list of checks."""

import boot
import verdict


def build_and_boot(kbuild):
    """Everything for one variant; what keeps it from going on is StepFailed."""
    kbuild.configure()
    kbuild.build()
    return check_kernel(kbuild)


def check_kernel(kbuild):
    """Boots what was built, once or, where there is a panic screen, twice."""
    steps = kbuild.steps
    checks = verdict.check_warnings(steps.log("build"))
    if kbuild.variant.name != "plain":
        checks.append(verdict.check_variant(kbuild))
    with steps.step("boot", "in QEMU, exercising samples and drivers"):
        lines = boot.boot(kbuild, steps.log("boot"))
    checks += verdict.check_boot(lines)
    if kbuild.has("CONFIG_RUST_KERNEL_DOCTESTS"):
        checks.append(verdict.check_doctests(lines, kbuild.out / "rust/doctests_kernel_generated_kunit.c"))
    if kbuild.has("CONFIG_DRM_PANIC_SCREEN_QR_CODE"):
        picture = steps.logs / "panic.ppm"
        with steps.step("panic", "in QEMU, provoking a panic with its screen"):
            lines = boot.boot(kbuild, steps.log("panic"), f"{boot.VIDEO_MODE} test.panic", picture, "end Kernel panic")
        checks.append(verdict.check_panic(lines, picture))
    return checks
