"""Two servers on one PostgreSQL database: what one does, the other enforces."""
import shutil
import time

import botocore.exceptions
import pytest
from conftest import Keys, PostgresqlSchemas, Server

ALLOW = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:GetUser","Resource":"*"}}'
SOON_S = 1.0  # The promise of docs/operations.md.


pytestmark = pytest.mark.skipif("not config.getoption('--database') == 'postgresql'",
                                reason="SQLite is for one server")


@pytest.fixture
def two(tmp_path):
    """Servers that share a database and the keys that seal its secrets."""
    address = PostgresqlSchemas().address(tmp_path / "first")
    first = Server(tmp_path / "first", database=address)
    (tmp_path / "second").mkdir(mode=0o700)
    shutil.copy(tmp_path / "first/keys", tmp_path / "second/keys")
    second = Server(tmp_path / "second", database=address)
    yield first, second
    assert (first.stop(), second.stop()) == (0, 0)


def may_get_user(server, keys, name):
    try:
        server.client("iam", keys).get_user(UserName=name)
        return True
    except botocore.exceptions.ClientError as error:
        assert error.response["Error"]["Code"] == "AccessDenied"
        return False


def seconds_until(condition):
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < 10 * SOON_S
        time.sleep(0.005)
    return time.monotonic() - began


def test_policies_changed_on_one_server_count_on_the_other(two):
    first, second = two
    iam = first.client("iam")
    iam.create_user(UserName="ada")
    keys = Keys.of(iam.create_access_key(UserName="ada")["AccessKey"])
    assert not may_get_user(second, keys, "ada")
    for _ in range(5):
        iam.put_user_policy(UserName="ada", PolicyName="p", PolicyDocument=ALLOW)
        assert seconds_until(lambda: may_get_user(second, keys, "ada")) < SOON_S
        iam.delete_user_policy(UserName="ada", PolicyName="p")
        assert seconds_until(lambda: not may_get_user(second, keys, "ada")) < SOON_S


def test_keys_taken_away_on_one_server_open_nothing_on_the_other(two):
    first, second = two
    iam = first.client("iam")
    iam.create_user(UserName="bob")
    key = iam.create_access_key(UserName="bob")["AccessKey"]
    keys = Keys.of(key)
    assert second.client("sts", keys).get_caller_identity()["Arn"].endswith("user/bob")
    iam.delete_access_key(UserName="bob", AccessKeyId=key["AccessKeyId"])

    def is_refused():
        try:
            second.client("sts", keys).get_caller_identity()
            return False
        except botocore.exceptions.ClientError as error:
            return error.response["Error"]["Code"] == "InvalidClientTokenId"

    assert seconds_until(is_refused) < SOON_S


def test_names_are_unique_over_both_servers(two):
    first, second = two
    first.client("iam").create_user(UserName="eve")
    with pytest.raises(botocore.exceptions.ClientError, match="EntityAlreadyExists"):
        second.client("iam").create_user(UserName="EVE")


def test_a_server_without_the_keys_of_the_database_does_not_start(tmp_path):
    address = PostgresqlSchemas().address(tmp_path)
    assert Server(tmp_path / "first", database=address).stop() == 0
    with pytest.raises(RuntimeError, match="keys is missing.*copy it from another Writ"):
        Server(tmp_path / "second", database=address)
