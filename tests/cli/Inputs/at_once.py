"""Runs the same command several times at once: at_once.py N COMMAND.., in which {} is the number of the run. Exits 1 if one fails."""
import subprocess
import sys

count, *command = sys.argv[1:]
runs = [subprocess.Popen([a.replace("{}", str(i)) for a in command]) for i in range(int(count))]
sys.exit(1 if any([run.wait() for run in runs]) else 0)
