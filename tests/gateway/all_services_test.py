#!/usr/bin/env python3
"""Every operation of every service, as botocore writes it, is recognized by the gateway with all its parameters.
The program comes in RECOGNIZE_VECTORS."""

import os
import pathlib
import subprocess
import sys

OPERATIONS_MIN = 20_000  # botocore 1.44.8 has 20,027; some speak two protocols.

serializer = subprocess.Popen([sys.executable, pathlib.Path(__file__).with_name("serialize.py")], stdout=subprocess.PIPE)
reader = subprocess.run([os.environ["RECOGNIZE_VECTORS"]], stdin=serializer.stdout, capture_output=True, text=True, check=False)
serializer.stdout.close()
print(reader.stdout, reader.stderr, sep="", end="")
total = int(reader.stdout.splitlines()[-1].split()[0])
sys.exit(serializer.wait() or reader.returncode or total < OPERATIONS_MIN)
