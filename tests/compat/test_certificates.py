"""Signing and server certificates through boto3 and the AWS CLI (spec B32)."""
import pytest
from conftest import ACCOUNT


@pytest.fixture(scope="session")
def pem():
    """`pem("leaf.pem")`: the keys and certificates of the unit tests, valid until 2126."""
    from conftest import ROOT
    return lambda name: (ROOT / "src/crypto/testdata/keys" / name).read_text()


def test_signing_certificates_of_a_user(iam, unique, pem, denied):
    user = unique("user")
    iam.create_user(UserName=user)
    made = iam.upload_signing_certificate(UserName=user, CertificateBody=pem("root.pem"))["Certificate"]
    assert (made["UserName"], made["Status"], made["CertificateBody"]) == (user, "Active", pem("root.pem"))
    assert len(made["CertificateId"]) == 32
    again = iam.upload_signing_certificate(UserName=user, CertificateBody=pem("root.pem"))["Certificate"]
    assert again["CertificateId"] == made["CertificateId"]
    assert denied(iam.upload_signing_certificate, UserName=user, CertificateBody=pem("expired.pem"))[:2] == (
        "MalformedCertificate", 400)
    iam.update_signing_certificate(UserName=user, CertificateId=made["CertificateId"], Status="Inactive")
    listed = [c for page in iam.get_paginator("list_signing_certificates").paginate(UserName=user)
              for c in page["Certificates"]]
    assert [c["Status"] for c in listed] == ["Inactive"]
    assert denied(iam.delete_user, UserName=user)[2] == "Cannot delete entity, must delete certificates first."
    iam.delete_signing_certificate(UserName=user, CertificateId=made["CertificateId"])
    iam.delete_user(UserName=user)


def test_a_server_certificate_from_beginning_to_end(iam, unique, pem, denied):
    name, other = unique("site"), unique("shop")
    made = iam.upload_server_certificate(
        ServerCertificateName=name, Path="/cloudfront/x/", CertificateBody=pem("leaf.pem"), PrivateKey=pem("leaf.key"),
        CertificateChain=pem("intermediate.pem") + pem("root.pem"), Tags=[{"Key": "Team", "Value": "a"}])
    metadata = made["ServerCertificateMetadata"]
    assert metadata["Arn"] == f"arn:aws:iam::{ACCOUNT}:server-certificate/cloudfront/x/{name}"
    assert metadata["Expiration"].year == 2126
    assert made["Tags"] == [{"Key": "Team", "Value": "a"}]
    assert denied(iam.upload_server_certificate, ServerCertificateName=other, CertificateBody=pem("leaf.pem"),
                  PrivateKey=pem("ec.key"))[:2] == ("KeyPairMismatch", 400)
    got = iam.get_server_certificate(ServerCertificateName=name)["ServerCertificate"]
    assert got["CertificateBody"] == pem("leaf.pem").rstrip()
    assert got["CertificateChain"] == (pem("intermediate.pem") + pem("root.pem")).rstrip()
    iam.update_server_certificate(ServerCertificateName=name, NewServerCertificateName=other, NewPath="/y/")
    iam.tag_server_certificate(ServerCertificateName=other, Tags=[{"Key": "team", "Value": "b"}])
    iam.untag_server_certificate(ServerCertificateName=other, TagKeys=["Team"])
    assert iam.list_server_certificate_tags(ServerCertificateName=other)["Tags"] == [{"Key": "team", "Value": "b"}]
    listed = [c["ServerCertificateId"]
              for page in iam.get_paginator("list_server_certificates").paginate(PathPrefix="/y/")
              for c in page["ServerCertificateMetadataList"]]
    assert listed == [metadata["ServerCertificateId"]]
    iam.delete_server_certificate(ServerCertificateName=other)
    assert denied(iam.get_server_certificate, ServerCertificateName=other) == (
        "NoSuchEntity", 404, f"The Server Certificate with name {other} cannot be found.")


def test_the_cli_uploads_them_from_files(aws, server, iam, unique):
    from conftest import ROOT
    name = unique("site")
    keys = ROOT / "src/crypto/testdata/keys"
    code, made = aws("iam", "upload-server-certificate", "--server-certificate-name", name, "--certificate-body",
                     f"file://{keys / 'ec.pem'}", "--private-key", f"file://{keys / 'ec.key'}")
    assert (code, made["ServerCertificateMetadata"]["ServerCertificateName"]) == (0, name)
    iam.delete_server_certificate(ServerCertificateName=name)
    assert "PRIVATE KEY" not in server.log.read_text()
