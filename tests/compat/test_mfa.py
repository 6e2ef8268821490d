"""MFA devices through boto3 and the AWS CLI: enrolment, sessions, and what they open (spec 8.8, 7.5, N7)."""
import base64
import hashlib
import hmac
import struct
import time

from conftest import ACCOUNT, Keys, allow, policy


def one_time_code(seed, step):
    """RFC 6238 with SHA-1, 30 seconds and 6 digits, from the base32 text of the seed."""
    digest = hmac.new(base64.b32decode(seed), struct.pack(">Q", step), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start:start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def now():
    return int(time.time()) // 30


def enrol(iam, user, name):
    device = iam.create_virtual_mfa_device(VirtualMFADeviceName=name)["VirtualMFADevice"]
    seed, step = device["Base32StringSeed"], now()
    iam.enable_mfa_device(UserName=user, SerialNumber=device["SerialNumber"],
                          AuthenticationCode1=one_time_code(seed, step - 1),
                          AuthenticationCode2=one_time_code(seed, step))
    return device["SerialNumber"], seed


def test_a_device_from_beginning_to_end(iam, unique, denied):
    user, name = unique("user"), unique("phone")
    iam.create_user(UserName=user)
    made = iam.create_virtual_mfa_device(VirtualMFADeviceName=name, Tags=[{"Key": "kind", "Value": "app"}])
    device = made["VirtualMFADevice"]
    serial = device["SerialNumber"]
    assert serial == f"arn:aws:iam::{ACCOUNT}:mfa/{name}"
    assert len(device["Base32StringSeed"]) == 64
    assert device["QRCodePNG"].startswith(b"\x89PNG\r\n")
    code = one_time_code(device["Base32StringSeed"], now())
    assert denied(iam.enable_mfa_device, UserName=user, SerialNumber=serial, AuthenticationCode1=code,
                  AuthenticationCode2=code) == (
        "InvalidAuthenticationCode", 403, "Authentication code for device is not valid.")
    step = now()
    iam.enable_mfa_device(UserName=user, SerialNumber=serial,
                          AuthenticationCode1=one_time_code(device["Base32StringSeed"], step - 1),
                          AuthenticationCode2=one_time_code(device["Base32StringSeed"], step))
    assert [d["SerialNumber"] for d in iam.list_mfa_devices(UserName=user)["MFADevices"]] == [serial]
    assigned = [d for page in iam.get_paginator("list_virtual_mfa_devices").paginate(AssignmentStatus="Assigned")
                for d in page["VirtualMFADevices"] if d["SerialNumber"] == serial]
    assert assigned[0]["User"]["UserName"] == user
    assert "Base32StringSeed" not in assigned[0]
    assert iam.list_mfa_device_tags(SerialNumber=serial)["Tags"] == [{"Key": "kind", "Value": "app"}]
    iam.tag_mfa_device(SerialNumber=serial, Tags=[{"Key": "owner", "Value": user}])
    iam.untag_mfa_device(SerialNumber=serial, TagKeys=["kind"])
    assert iam.list_mfa_device_tags(SerialNumber=serial)["Tags"] == [{"Key": "owner", "Value": user}]
    assert denied(iam.get_mfa_device, UserName=user, SerialNumber=serial)[0] == "ValidationError"  # B16.
    assert denied(iam.delete_user, UserName=user)[2] == (
        "Cannot delete entity, must remove tokens from principal first.")
    iam.deactivate_mfa_device(UserName=user, SerialNumber=serial)
    iam.delete_virtual_mfa_device(SerialNumber=serial)
    iam.delete_user(UserName=user)


def test_a_clock_that_runs_ahead_is_followed_after_a_resync(server, iam, unique, denied):
    user, ahead = unique("user"), 300  # Steps of 30 seconds (B14).
    iam.create_user(UserName=user)
    serial, seed = enrol(iam, user, unique("phone"))
    sts = server.client("sts", Keys.of(iam.create_access_key(UserName=user)["AccessKey"]))
    then = now() + ahead
    session = {"SerialNumber": serial, "TokenCode": one_time_code(seed, then + 2)}
    assert denied(sts.get_session_token, **session)[0] == "AccessDenied"
    pair = {"UserName": user, "SerialNumber": serial, "AuthenticationCode1": one_time_code(seed, then),
            "AuthenticationCode2": one_time_code(seed, then + 1)}
    iam.resync_mfa_device(**pair)
    assert denied(iam.resync_mfa_device, **pair)[0] == "InvalidAuthenticationCode"  # No code serves twice.
    assert sts.get_session_token(**session)["Credentials"]


def test_a_session_with_mfa_may_do_more(server, iam, unique, denied):
    user = unique("user")
    iam.create_user(UserName=user)
    iam.put_user_policy(UserName=user, PolicyName="p", PolicyDocument=policy(
        allow("iam:ListUsers", Condition={"Bool": {"aws:MultiFactorAuthPresent": "true"}})))
    key = iam.create_access_key(UserName=user)["AccessKey"]
    serial, seed = enrol(iam, user, unique("phone"))
    keys = Keys.of(key)
    sts = server.client("sts", keys)
    code = one_time_code(seed, now())
    session = sts.get_session_token(SerialNumber=serial, TokenCode=code)["Credentials"]
    assert denied(sts.get_session_token, SerialNumber=serial, TokenCode=code)[:2] == ("AccessDenied", 403)
    assert denied(server.client("iam", keys).list_users)[0] == "AccessDenied"
    assert server.client("iam", Keys.of(session)).list_users()["Users"]


def test_the_cli_takes_the_seed_into_a_file(aws, iam, unique, tmp_path):
    user, seed_file = unique("user"), tmp_path / "seed"
    iam.create_user(UserName=user)
    code, answer = aws("iam", "create-virtual-mfa-device", "--virtual-mfa-device-name", unique("phone"),
                       "--outfile", str(seed_file), "--bootstrap-method", "Base32StringSeed")
    assert code == 0 and "Base32StringSeed" not in answer["VirtualMFADevice"]
    serial, seed, step = answer["VirtualMFADevice"]["SerialNumber"], seed_file.read_text(), now()
    assert aws("iam", "enable-mfa-device", "--user-name", user, "--serial-number", serial, "--authentication-code1",
               one_time_code(seed, step - 1), "--authentication-code2", one_time_code(seed, step)) == (0, None)
    assert aws("iam", "list-mfa-devices", "--user-name", user, "--query", "MFADevices[].SerialNumber") == (0, [serial])
    assert aws("iam", "deactivate-mfa-device", "--user-name", user, "--serial-number", serial) == (0, None)
