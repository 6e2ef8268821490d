"""SSH public keys and service-specific credentials through boto3 and the AWS CLI (spec B32, B33)."""
import base64
import datetime

from conftest import ACCOUNT, ROOT

KEYS = ROOT / "src/crypto/testdata/keys"


def test_an_ssh_key_from_beginning_to_end(iam, unique, denied):
    user = unique("user")
    iam.create_user(UserName=user)
    ssh, pem = (KEYS / "rsa2048.ssh").read_text(), (KEYS / "rsa2048.pem").read_text()
    made = iam.upload_ssh_public_key(UserName=user, SSHPublicKeyBody=ssh)["SSHPublicKey"]
    assert made["Fingerprint"] == (KEYS / "rsa2048.fingerprint").read_text().strip()
    assert made["SSHPublicKeyBody"] == ssh and made["SSHPublicKeyId"].startswith("APKA")
    key = {"UserName": user, "SSHPublicKeyId": made["SSHPublicKeyId"]}
    got = iam.get_ssh_public_key(**key, Encoding="SSH")["SSHPublicKey"]
    assert got["SSHPublicKeyBody"] == " ".join(ssh.split()[:2])
    assert iam.get_ssh_public_key(**key, Encoding="PEM")["SSHPublicKey"]["SSHPublicKeyBody"] == pem
    assert denied(iam.upload_ssh_public_key, UserName=user, SSHPublicKeyBody=pem) == (
        "DuplicateSSHPublicKey", 400, "Duplicate SSH public key uploaded.")
    iam.update_ssh_public_key(**key, Status="Inactive")
    listed = [k for page in iam.get_paginator("list_ssh_public_keys").paginate(UserName=user)
              for k in page["SSHPublicKeys"]]
    assert [(k["SSHPublicKeyId"], k["Status"]) for k in listed] == [(made["SSHPublicKeyId"], "Inactive")]
    assert denied(iam.delete_user, UserName=user)[0] == "DeleteConflict"
    iam.delete_ssh_public_key(**key)
    assert denied(iam.get_ssh_public_key, **key, Encoding="SSH")[:2] == ("NoSuchEntity", 404)
    iam.delete_user(UserName=user)


def test_git_credentials(iam, unique, denied):
    user = unique("user")
    iam.create_user(UserName=user)
    made = iam.create_service_specific_credential(
        UserName=user, ServiceName="codecommit.amazonaws.com")["ServiceSpecificCredential"]
    assert made["ServiceUserName"] == f"{user}-at-{ACCOUNT}" and len(made["ServicePassword"]) == 60
    credential = {"UserName": user, "ServiceSpecificCredentialId": made["ServiceSpecificCredentialId"]}
    listed = iam.list_service_specific_credentials(UserName=user)["ServiceSpecificCredentials"]
    assert len(listed) == 1 and "ServicePassword" not in listed[0]
    iam.update_service_specific_credential(**credential, Status="Inactive")
    reset = iam.reset_service_specific_credential(**credential)["ServiceSpecificCredential"]
    assert reset["Status"] == "Inactive" and reset["ServicePassword"] != made["ServicePassword"]
    assert denied(iam.create_service_specific_credential, UserName=user, ServiceName="s3.amazonaws.com") == (
        "NoSuchEntity", 404, "No such service s3.amazonaws.com is supported for Service Specific Credentials")
    assert denied(iam.delete_user, UserName=user)[0] == "DeleteConflict"
    iam.delete_service_specific_credential(**credential)
    iam.delete_user(UserName=user)


def test_api_keys_expire(iam, unique, server):
    user = unique("user")
    iam.create_user(UserName=user)
    made = iam.create_service_specific_credential(
        UserName=user, ServiceName="bedrock.amazonaws.com", CredentialAgeDays=30)["ServiceSpecificCredential"]
    assert made["ExpirationDate"] - made["CreateDate"] == datetime.timedelta(days=30)
    secret = made["ServiceCredentialSecret"]
    assert secret.startswith("ABSK")
    assert base64.b64decode(secret[4:]).decode().startswith(made["ServiceCredentialAlias"] + ":")
    everybody = [c["UserName"] for c in iam.list_service_specific_credentials(
        AllUsers=True, ServiceName="bedrock.amazonaws.com")["ServiceSpecificCredentials"]]
    assert user in everybody
    assert secret not in server.log.read_text()


def test_the_cli_shows_keys(aws, iam, unique):
    user = unique("user")
    iam.create_user(UserName=user)
    code, made = aws("iam", "upload-ssh-public-key", "--user-name", user, "--ssh-public-key-body",
                     f"file://{KEYS / 'rsa2048.ssh'}")
    assert code == 0
    assert aws("iam", "get-ssh-public-key", "--user-name", user, "--ssh-public-key-id",
               made["SSHPublicKey"]["SSHPublicKeyId"], "--encoding", "PEM")[0] == 0
