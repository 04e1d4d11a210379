"""What the sections of the benchmark share: running the two compilers, CPU seconds, peak memory, means."""
import glob
import math
import os
import resource
import statistics
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ORACLE = os.path.join(ROOT, "tools/oracle.sh")
# The reference's core names an unwinding personality that no program of ours has.
ORACLE_LINK = ["-C", "link-arg=-Wl,--defsym=rust_eh_personality=0"]


def library():
    """The folder of core's source that Ferric compiles from."""
    found = sorted(glob.glob("/usr/src/rustc-*/library/core/src/lib.rs"))
    return os.environ.get("FERRIC_LIBRARY_SRC") or (os.path.dirname(os.path.dirname(os.path.dirname(found[-1]))) if found else None)


def run(command, timeout=120):
    """One run: (CPU seconds, peak megabytes, what it printed), or None when it fails or takes longer than `timeout` of CPU."""
    limit = lambda: resource.setrlimit(resource.RLIMIT_CPU, (timeout, timeout))
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen(command, stdout=out, stderr=err, preexec_fn=limit)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = status
        if status != 0:
            err.seek(0)
            print(f"failed ({status}): {' '.join(command)}\n{err.read().decode('utf-8', 'replace')[:800]}", file=sys.stderr)
            return None
        out.seek(0)
        return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, out.read()


def alternate(commands, runs):
    """Runs several commands in turns, so that what else the machine does meets all alike: (median seconds, peak megabytes) of each."""
    results = [[] for _ in commands]
    for _ in range(runs):
        for command, mine in zip(commands, results):
            if not mine or mine[-1]:
                mine.append(run(command))
    return [(statistics.median(r[0] for r in mine), max(r[1] for r in mine)) if mine[-1] else None for mine in results]


def geometric_mean(values):
    values = [v for v in values if v]
    return math.exp(sum(math.log(v) for v in values) / len(values)) if values else float("nan")


def ratio(a, b):
    return a / b if a and b else float("nan")
