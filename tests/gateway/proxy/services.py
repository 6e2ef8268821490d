"""Real services as processes of their own, which `scripts/setup test` has installed in build/services."""
import contextlib
import os
import pathlib
import socket
import subprocess
import time

INSTALLED = pathlib.Path(__file__).resolve().parent.parent.parent.parent / "build/services"
KEYS = ("AKIAUPSTREAM", "upstream-secret")


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as held:
        return held.getsockname()[1]


def listens(port):
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
        return True
    return False


@contextlib.contextmanager
def running(folder, port, command, **environment):
    """The program as soon as it listens, until the end of the block; what it says lies in the folder."""
    log = folder / "log"
    with log.open("w") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, cwd=folder, env={**os.environ, **environment})
    try:
        deadline = time.monotonic() + 60
        while not listens(port):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{command[0]} did not start: {log.read_text()}")
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=30)


def s3(folder):
    """versitygw, on a folder. It checks the signature of what the gateway sends."""
    port = free_port()
    return running(folder, port, [INSTALLED / "s3/versitygw", f"127.0.0.1:{port}", folder / "data"],
                   S3_ACCESS_KEY_ID=KEYS[0], S3_SECRET_ACCESS_KEY=KEYS[1])


def sqs(folder, account, region, gateway_port):
    """ElasticMQ. The addresses of its queues are those of the gateway."""
    port = free_port()
    (folder / "elasticmq.conf").write_text(f"""
include classpath("application.conf")
node-address {{ protocol = http, host = "127.0.0.1", port = {gateway_port}, context-path = "" }}
rest-sqs {{ enabled = true, bind-hostname = "127.0.0.1", bind-port = {port}, sqs-limits = strict }}
rest-stats {{ enabled = false }}
aws {{ region = "{region}", accountId = "{account}" }}
""")
    return running(folder, port, ["java", "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dconfig.file=elasticmq.conf", "-cp",
                                  str(INSTALLED / "sqs/lib/*"), "org.elasticmq.server.Main"])


def dynamodb(folder):
    """dynalite, in memory. It knows no transactions and no PartiQL."""
    port = free_port()
    return running(folder, port, ["node", INSTALLED / "dynamodb/node_modules/dynalite/cli.js", "--host", "127.0.0.1",
                                  "--port", str(port), "--createTableMs", "0", "--deleteTableMs", "0"])
