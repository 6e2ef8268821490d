"""Bad input and load from real sockets: a clear error or an orderly close, bounded memory, and the others are
served meanwhile."""
import resource
import socket
import urllib.parse

import pytest

IDLE_CONNECTIONS = 2_000
PARAMETERS = 50_000
MEMORY_MAX_MIB = 256


def connect(server):
    address = urllib.parse.urlparse(server.url)
    return socket.create_connection((address.hostname, address.port), timeout=20)


def everything_from(connection):
    answer = b""
    while piece := connection.recv(65_536):
        answer += piece
    return answer.decode()


def memory_mib(server):
    with open(f"/proc/{server.process.pid}/status") as status:
        [line] = [line for line in status if line.startswith("VmHWM")]
    return int(line.split()[1]) / 1024


@pytest.fixture
def many_files():
    """This process may have enough sockets open."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 2 * IDLE_CONNECTIONS), hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_idle_connections_keep_nobody_else_out(own_server, many_files):
    server = own_server()
    idle = [connect(server) for _ in range(IDLE_CONNECTIONS)]
    begun = [connect(server) for _ in range(100)]
    for connection in begun:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: writ\r\nContent-Le")
    assert server.client("sts").get_caller_identity()["Account"]
    server.client("iam").create_user(UserName="ada")
    for connection in idle[::100]:  # They are still served.
        connection.sendall(b"GET / HTTP/1.1\r\nHost: writ\r\nConnection: close\r\n\r\n")
        assert everything_from(connection).startswith("HTTP/1.1 400 ")
    assert memory_mib(server) < MEMORY_MAX_MIB
    for connection in idle + begun:
        connection.close()


def test_a_client_that_has_said_all_gets_its_answer(server):
    with connect(server) as connection:
        connection.sendall(b"GET /?Action=ListUsers&Version=2010-05-08 HTTP/1.1\r\nHost: writ\r\n\r\n")
        connection.shutdown(socket.SHUT_WR)
        assert "<Code>MissingAuthenticationToken</Code>" in everything_from(connection)


@pytest.mark.parametrize("chunks", [
    b"zz\r\nabc\r\n0\r\n\r\n",             # No number.
    b"5\r\nabc\r\n0\r\n\r\n",              # Another length than it says.
    b"-1\r\n\r\n",
    b"fffffffffffffffff\r\nabc\r\n",       # More than there is memory anywhere.
])
def test_broken_chunks_are_refused(server, chunks):
    with connect(server) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: writ\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks)
        connection.shutdown(socket.SHUT_WR)
        assert everything_from(connection).startswith("HTTP/1.1 4")


def test_more_parameters_than_any_call_has(own_server):
    server = own_server()
    iam = server.client("iam")

    def add(params, **_):
        params["body"] |= {f"Tags.member.{number}.Key": str(number) for number in range(PARAMETERS)}

    iam.meta.events.register("before-call.iam.CreateUser", add)
    with pytest.raises(iam.exceptions.ClientError) as refused:
        iam.create_user(UserName="ada")
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400
    assert len(refused.value.response["Error"]["Message"]) < 100_000
    assert not iam.list_users()["Users"]
    assert memory_mib(server) < MEMORY_MAX_MIB
