"""writ backup, writ restore and writ migrate: the records of a Writ in another place, and its keys with them."""
import json
import os
import subprocess

import pytest
from authorization import ask
from conftest import ACCOUNT, Keys, PostgresqlSchemas, Server, WRIT, allow, environment_of, policy, trust

BUCKET = "arn%3Aaws%3As3%3A%3A%3Aorders"


def writ(*arguments, environment=None):
    return subprocess.run([WRIT, *map(str, arguments)], env=environment or dict(os.environ), capture_output=True,
                          text=True, check=False)


def furnish(server):
    """Something of several kinds; gives the keys of a user who may get herself."""
    iam = server.client("iam")
    iam.create_user(UserName="ada", Path="/eng/", Tags=[{"Key": "team", "Value": "a"}])
    iam.put_user_policy(UserName="ada", PolicyName="own", PolicyDocument=policy(allow("iam:GetUser")))
    iam.create_role(RoleName="ops", AssumeRolePolicyDocument=trust({"AWS": ACCOUNT}))
    iam.create_virtual_mfa_device(VirtualMFADeviceName="phone")
    iam.create_login_profile(UserName="ada", Password="Correct-Horse-1")
    assert ask(server, "/resource-policy?arn=" + BUCKET, json.loads(policy({"Principal": "*", **allow("s3:GetObject")})),
               method="PUT")[0] == 200
    assert ask(server, "/resource-tags?arn=" + BUCKET, {"tags": {"team": "a"}}, method="PUT")[0] == 200
    return Keys.of(iam.create_access_key(UserName="ada")["AccessKey"])


def told(server):
    details = server.client("iam").get_account_authorization_details()
    known = [ask(server, path + BUCKET, method="GET")[2] for path in ("/resource-policy?arn=", "/resource-tags?arn=")]
    return known, {name: details[name] for name in ("UserDetailList", "GroupDetailList", "RoleDetailList", "Policies")}


def holds_the_same(server, details, keys):
    """Also what is sealed: a secret that does not open signs nothing."""
    user = server.client("iam", keys).get_user()["User"]
    assert (user["UserName"], user["Path"]) == ("ada", "/eng/")
    assert told(server) == details
    iam = server.client("iam")
    assert len(iam.list_virtual_mfa_devices()["VirtualMFADevices"]) == 1
    assert iam.get_login_profile(UserName="ada")["LoginProfile"]["UserName"] == "ada"
    iam.create_user(UserName="after")


def test_a_backup_is_made_beside_the_server_and_can_be_served(tmp_path, own_server):
    server = own_server()
    keys = furnish(server)
    details = told(server)
    backup = tmp_path / "backup"
    done = writ("backup", backup, "--data", server.data, environment=environment_of(server.data))
    assert done.returncode == 0, done.stderr
    assert oct(backup.stat().st_mode & 0o777) == "0o700"
    assert oct((backup / "keys").stat().st_mode & 0o777) == "0o600"
    server.client("iam").create_user(UserName="later")  # Is not in it.

    restored = tmp_path / "restored"
    done = writ("restore", backup, "--data", restored, environment=environment_of(restored))
    assert done.returncode == 0, done.stderr
    for data, database in ((restored, None), (backup, "sqlite")):
        copy = Server(data, database=database)
        holds_the_same(copy, details, keys)
        assert copy.stop() == 0


def test_nothing_is_overwritten(tmp_path, own_server):
    server = own_server()
    environment = environment_of(server.data)
    backup = tmp_path / "backup"
    assert writ("backup", backup, "--data", server.data, environment=environment).returncode == 0
    again = writ("backup", backup, "--data", server.data, environment=environment)
    assert again.returncode == 3 and "not empty" in again.stderr
    busy = writ("restore", backup, "--data", server.data, environment=environment)
    assert busy.returncode == 3 and "in use" in busy.stderr
    assert server.stop() == 0
    there = writ("restore", backup, "--data", server.data, environment=environment)
    assert there.returncode == 3 and "key file" in there.stderr
    (server.data / "keys").unlink()
    there = writ("restore", backup, "--data", server.data, environment=environment)
    assert there.returncode == 3 and "records already" in there.stderr
    assert not (server.data / "keys").exists()
    nothing = writ("backup", tmp_path / "other", "--data", tmp_path / "none")
    assert nothing.returncode == 3 and "There is no database" in nothing.stderr
    assert not (tmp_path / "other").exists()


@pytest.mark.skipif("WRIT_TEST_POSTGRESQL" not in os.environ, reason="runs under scripts/with-postgresql")
def test_records_move_from_sqlite_to_postgresql_and_back(tmp_path):
    data = tmp_path / "data"
    server = Server(data, database="sqlite")
    keys = furnish(server)
    details = told(server)
    address = PostgresqlSchemas().address(data)
    running = writ("migrate", "--to", address, "--data", data)
    assert running.returncode == 3 and "in use" in running.stderr
    assert server.stop() == 0

    done = writ("migrate", "--to", address, "--data", data)
    assert done.returncode == 0, done.stderr
    assert address not in done.stdout + done.stderr
    moved = Server(data, database=address)
    holds_the_same(moved, details, keys)
    moved.client("iam").delete_user(UserName="after")
    assert moved.stop() == 0
    twice = writ("migrate", "--to", address, "--data", data)
    assert twice.returncode == 3 and "records already" in twice.stderr

    (data / "writ.db").rename(data / "old.db")
    done = writ("migrate", "--to", "sqlite", "--data", data, "--database", address)
    assert done.returncode == 0, done.stderr
    back = Server(data, database="sqlite")
    holds_the_same(back, details, keys)
    assert back.stop() == 0
    for wrong in ("mysql://x", "file.db"):
        assert writ("migrate", "--to", wrong, "--data", data).returncode == 2
