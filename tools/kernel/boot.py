"""Boots a kernel in QEMU without KVM: an initramfs of busybox, the modules and `init`, and the console's log."""

import json
import socket
import subprocess
import time

from kbuild import HERE
from steps import StepFailed

# 1024x768 with 32 bits a pixel, which the boot code sets and the kernel's simple frame buffer takes over.
VIDEO_MODE = "vga=0x344"
QEMU = ["qemu-system-x86_64", "-M", "q35", "-accel", "tcg", "-cpu", "max", "-m", "512", "-display", "none", "-vga", "std", "-no-reboot"]


def make_initramfs(kbuild):
    """Packs the initramfs with the kernel's own gen_init_cpio, which needs no root for device nodes. Returns its path."""
    entries = [f"dir {folder} 0755 0 0" for folder in ("/bin", "/dev", "/modules", "/proc", "/sys")]
    entries += ["nod /dev/console 0600 0 0 c 5 1", "file /bin/busybox /bin/busybox 0755 0 0", f"file /init {HERE / 'init'} 0755 0 0"]
    entries += [f"file /modules/{module.name} {module} 0644 0 0" for module in sorted(kbuild.out.rglob("*.ko"))]
    contents, archive = kbuild.out / "initramfs.list", kbuild.out / "initramfs.cpio"
    contents.write_text("\n".join(entries) + "\n")
    with open(archive, "wb") as out:
        subprocess.run([kbuild.out / "usr/gen_init_cpio", contents], stdout=out, check=True)
    return archive


def boot(kbuild, log, append="", screen=None, until=None, limit=180, options=()):
    """Boots and returns the console's lines, which are also in `log`. Ends when the machine stops; or, with `until`, when a
    line holds that text, after a picture of the screen has been written to `screen`. Past `limit` seconds it is StepFailed. `options` are
    QEMU's."""
    control = kbuild.out / "qemu.socket"
    control.unlink(missing_ok=True)
    command = [*QEMU, *options, "-kernel", kbuild.image, "-initrd", make_initramfs(kbuild), "-append", f"console=ttyS0 {append}",
               "-serial", f"file:{log}", "-qmp", f"unix:{control},server=on,wait=off"]
    log.unlink(missing_ok=True)
    machine = subprocess.Popen([str(word) for word in command], stdin=subprocess.DEVNULL)
    try:
        wait_for_end(machine, log, until, limit)
        if until:
            screenshot(control, screen)
    finally:
        machine.kill()
        machine.wait()
    return log.read_text(encoding="utf-8", errors="replace").replace("\r", "").splitlines()


def wait_for_end(machine, log, until, limit):
    deadline = time.monotonic() + limit
    while machine.poll() is None:
        if until and log.exists() and until in log.read_text(encoding="utf-8", errors="replace"):
            time.sleep(0.5)
            return
        if time.monotonic() > deadline:
            raise StepFailed(f"boot: not at its end after {limit} s; the console's log is {log}")
        time.sleep(0.1)
    if until:
        raise StepFailed(f"boot: the machine stopped before `{until}`; the console's log is {log}")


def screenshot(control, picture):
    """Has QEMU write its screen as a PPM file, over its machine protocol (one JSON object a line)."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(control))
        replies = connection.makefile(encoding="utf-8")
        replies.readline()
        for command in ({"execute": "qmp_capabilities"}, {"execute": "screendump", "arguments": {"filename": str(picture)}}):
            connection.sendall(json.dumps(command).encode() + b"\n")
            reply = next(reply for reply in map(json.loads, replies) if "event" not in reply)
            if "error" in reply:
                raise StepFailed(f"boot: QEMU's answer to {command['execute']}: {reply['error']['desc']}")
