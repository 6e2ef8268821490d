"""The gateway over TLS, to clients and to services. Over TLS boto3 sends S3 uploads in chunks with a trailing checksum."""
import datetime
import ipaddress
import ssl
import uuid

import pytest
from botocore.exceptions import SSLError
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from conftest import Writ, allow, upstream
from recorder import Recorder


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate of 127.0.0.1 that vouches for itself: (certificate file, key file)."""
    folder = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "gateway")])
    now = datetime.datetime.now(datetime.timezone.utc)
    made = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
            .serial_number(x509.random_serial_number()).not_valid_before(now - datetime.timedelta(hours=1))
            .not_valid_after(now + datetime.timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
            .sign(key, hashes.SHA256()))
    files = folder / "certificate.pem", folder / "key.pem"
    files[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    files[1].write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                                           serialization.NoEncryption()))
    return files


@pytest.fixture(scope="module")
def service(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    with Recorder(context) as running:
        yield running


@pytest.fixture(scope="module")
def secure(tmp_path_factory, certificate, moto, service):
    upstreams = (upstream("s3", service.url, bucket="trusted-*", ca_file=str(certificate[0])) +
                 upstream("s3", service.url, bucket="unknown-*") +
                 upstream("s3", moto, access_key_id="AKIAUPSTREAM", secret_access_key_variable="UPSTREAM_SECRET"))
    running = Writ(tmp_path_factory.mktemp("secure"), upstreams, "--gateway-tls-certificate", str(certificate[0]),
                   "--gateway-tls-key", str(certificate[1]))
    yield running
    assert running.stop() == 0


def test_uploads_with_a_trailing_checksum(secure, certificate):
    assert secure.gateway.startswith("https://")
    s3 = secure.client("s3", verify=str(certificate[0]))
    bucket = f"bucket-{uuid.uuid4().hex[:8]}"
    s3.create_bucket(Bucket=bucket)
    for algorithm in ("CRC32", "SHA1", "SHA256"):  # The others need a package that boto3 does not bring along.
        s3.put_object(Bucket=bucket, Key=algorithm, Body=b"hello" * 100_000, ChecksumAlgorithm=algorithm)
        assert s3.get_object(Bucket=bucket, Key=algorithm)["Body"].read() == b"hello" * 100_000


def test_conditions_on_the_transport(secure, certificate, writ, denied):
    only_secure = allow("s3:ListAllMyBuckets", Condition={"Bool": {"aws:SecureTransport": "true"}})
    _, keys = secure.make_user(only_secure)
    secure.client("s3", keys, verify=str(certificate[0])).list_buckets()
    _, keys = writ.make_user(only_secure)
    assert denied(writ.client("s3", keys).list_buckets)[0] == "AccessDenied"


def test_clients_without_tls_get_nothing(secure):
    from signing import exchange
    host, port = secure.gateway.removeprefix("https://").split(":")
    assert b"HTTP" not in exchange((host, int(port)), b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")


def test_clients_see_the_certificate(secure):
    with pytest.raises(SSLError):
        secure.client("s3").list_buckets()


def test_a_service_is_trusted_by_its_certificate(secure, certificate, service, denied):
    s3 = secure.client("s3", verify=str(certificate[0]))
    service.forget()
    assert s3.get_object(Bucket="trusted-bucket", Key="a")["Body"].read() == b"ok"
    assert service.requests[0][0].startswith("GET /trusted-bucket/a HTTP/1.1")
    assert denied(s3.get_object, Bucket="unknown-bucket", Key="a")[:2] == ("ServiceUnavailable", 503)
    assert len(service.requests) == 1


def test_a_wrong_file_is_told(tmp_path, certificate):
    with pytest.raises(RuntimeError, match="The key '.*certificate.pem' cannot be used"):
        Writ(tmp_path, "", "--gateway-tls-certificate", str(certificate[0]), "--gateway-tls-key", str(certificate[0]))
