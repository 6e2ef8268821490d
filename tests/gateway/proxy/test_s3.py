"""S3 behind the gateway, driven by boto3: what is allowed works, what is not is denied in the words of S3."""
import hashlib
import subprocess
import time
import urllib.error
import urllib.request
import uuid

import pytest
from botocore import UNSIGNED
from botocore.exceptions import ClientError

from conftest import ACCOUNT, WRIT, allow, deny, explicit, implicit


@pytest.fixture
def bucket(writ):
    name = f"bucket-{uuid.uuid4().hex[:8]}"
    writ.client("s3").create_bucket(Bucket=name)
    return name


def arn(bucket, key=None):
    return f"arn:aws:s3:::{bucket}" + (f"/{key}" if key else "")


def quoted(text):
    return f'"{text}"'


def test_root_may_do_everything(writ, bucket):
    s3 = writ.client("s3")
    s3.put_object(Bucket=bucket, Key="a key/with ü.txt", Body=b"hello", Metadata={"m": "1"}, ContentType="text/plain")
    got = s3.get_object(Bucket=bucket, Key="a key/with ü.txt")
    assert got["Body"].read() == b"hello"
    assert got["Metadata"] == {"m": "1"} and got["ContentType"] == "text/plain"
    assert [entry["Key"] for entry in s3.list_objects_v2(Bucket=bucket)["Contents"]] == ["a key/with ü.txt"]
    assert bucket in [entry["Name"] for entry in s3.list_buckets()["Buckets"]]
    s3.delete_object(Bucket=bucket, Key="a key/with ü.txt")
    assert "Contents" not in s3.list_objects_v2(Bucket=bucket)


def test_exactly_what_is_allowed(writ, bucket, denied):
    caller, keys = writ.make_user(allow(["s3:GetObject", "s3:PutObject"], arn(bucket, "mine/*")),
                                  deny("s3:*", arn(bucket, "mine/secret*")))
    s3 = writ.client("s3", keys)
    s3.put_object(Bucket=bucket, Key="mine/a", Body=b"a")
    assert s3.get_object(Bucket=bucket, Key="mine/a")["Body"].read() == b"a"
    assert denied(s3.delete_object, Bucket=bucket, Key="mine/a") == (
        "AccessDenied", 403, implicit(caller, "s3:DeleteObject", quoted(arn(bucket, "mine/a"))))
    assert denied(s3.put_object, Bucket=bucket, Key="other", Body=b"") == (
        "AccessDenied", 403, implicit(caller, "s3:PutObject", quoted(arn(bucket, "other"))))
    assert denied(s3.get_object, Bucket=bucket, Key="mine/secret.txt") == (
        "AccessDenied", 403, explicit(caller, "s3:GetObject", quoted(arn(bucket, "mine/secret.txt"))))
    assert denied(s3.list_objects_v2, Bucket=bucket) == (
        "AccessDenied", 403, implicit(caller, "s3:ListBucket", quoted(arn(bucket))))
    root = writ.client("s3")
    assert [entry["Key"] for entry in root.list_objects_v2(Bucket=bucket)["Contents"]] == ["mine/a"]


def test_a_denied_head_has_no_body(writ, bucket, denied):
    _, keys = writ.make_user()
    assert denied(writ.client("s3", keys).head_object, Bucket=bucket, Key="a") == ("403", 403, "Forbidden")


def test_sessions_of_roles(writ, bucket, denied):
    caller, keys = writ.make_session(allow("s3:GetObject", arn(bucket, "*")))
    writ.client("s3").put_object(Bucket=bucket, Key="a", Body=b"a")
    s3 = writ.client("s3", keys)
    assert s3.get_object(Bucket=bucket, Key="a")["Body"].read() == b"a"
    assert denied(s3.put_object, Bucket=bucket, Key="a", Body=b"b") == (
        "AccessDenied", 403, implicit(caller, "s3:PutObject", quoted(arn(bucket, "a"))))


def test_conditions_on_the_request(writ, bucket, denied):
    _, keys = writ.make_user(
        allow("s3:ListBucket", arn(bucket), Condition={"StringLike": {"s3:prefix": ["mine/*"]}}),
        allow("s3:GetObject", arn(bucket, "*"), Condition={"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}))
    s3 = writ.client("s3", keys)
    s3.list_objects_v2(Bucket=bucket, Prefix="mine/x")
    assert denied(s3.list_objects_v2, Bucket=bucket, Prefix="other/")[0] == "AccessDenied"
    assert denied(s3.get_object, Bucket=bucket, Key="mine/x")[0] == "AccessDenied"


def test_wrong_keys(writ, bucket, denied):
    _, keys = writ.make_user(allow("*"))
    assert denied(writ.client("s3", ("AKIAUNKNOWNUNKNOWN00", "x")).list_buckets) == (
        "InvalidAccessKeyId", 403, "The AWS Access Key Id you provided does not exist in our records.")
    assert denied(writ.client("s3", (keys[0], "wrong")).list_buckets) == (
        "SignatureDoesNotMatch", 403, "The request signature we calculated does not match the signature you "
        "provided. Check your key and signing method.")


def test_unsigned_requests_are_denied(writ, bucket, denied):
    writ.client("s3").put_object(Bucket=bucket, Key="a", Body=b"a")
    anonymous = writ.client("s3", signature_version=UNSIGNED)
    assert denied(anonymous.get_object, Bucket=bucket, Key="a") == ("AccessDenied", 403, "Access Denied")


def test_multipart_upload(writ, bucket, denied):
    caller, keys = writ.make_user(allow("s3:PutObject", arn(bucket, "large")), allow("s3:GetObject", arn(bucket, "*")))
    s3 = writ.client("s3", keys)
    upload = s3.create_multipart_upload(Bucket=bucket, Key="large")["UploadId"]
    first, second = b"a" * (5 << 20), b"b" * 1000
    parts = [{"PartNumber": number, "ETag": s3.upload_part(Bucket=bucket, Key="large", UploadId=upload,
                                                           PartNumber=number, Body=body)["ETag"]}
             for number, body in ((1, first), (2, second))]
    s3.complete_multipart_upload(Bucket=bucket, Key="large", UploadId=upload, MultipartUpload={"Parts": parts})
    got = s3.get_object(Bucket=bucket, Key="large")["Body"].read()
    assert hashlib.sha256(got).digest() == hashlib.sha256(first + second).digest()
    assert denied(s3.create_multipart_upload, Bucket=bucket, Key="other") == (
        "AccessDenied", 403, implicit(caller, "s3:PutObject", quoted(arn(bucket, "other"))))


def test_presigned_urls(writ, bucket):
    caller, keys = writ.make_user(allow("s3:GetObject", arn(bucket, "a")))
    writ.client("s3").put_object(Bucket=bucket, Key="a", Body=b"hello")
    s3 = writ.client("s3", keys, signature_version="s3v4")
    url = s3.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "a"}, ExpiresIn=1)
    with urllib.request.urlopen(url) as answer:
        assert answer.read() == b"hello"
    for changed in (url.replace("/a?", "/b?"), url.replace("X-Amz-Expires=1", "X-Amz-Expires=100")):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(changed)
        assert refused.value.code == 403 and b"<Code>SignatureDoesNotMatch</Code>" in refused.value.read()
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(s3.generate_presigned_url("delete_object", Params={"Bucket": bucket, "Key": "a"}))
    assert refused.value.code == 403
    time.sleep(2.1)
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(url)
    assert b"<Code>AccessDenied</Code><Message>Request has expired</Message>" in refused.value.read()


def test_copies_need_the_source_too(writ, bucket, denied):
    caller, keys = writ.make_user(allow("s3:PutObject", arn(bucket, "copies/*")),
                                  allow("s3:GetObject", arn(bucket, "open/*")))
    root = writ.client("s3")
    for key in ("open/a", "closed/a"):
        root.put_object(Bucket=bucket, Key=key, Body=key.encode())
    s3 = writ.client("s3", keys)
    s3.copy_object(Bucket=bucket, Key="copies/a", CopySource={"Bucket": bucket, "Key": "open/a"})
    assert root.get_object(Bucket=bucket, Key="copies/a")["Body"].read() == b"open/a"
    assert denied(s3.copy_object, Bucket=bucket, Key="copies/b", CopySource=f"{bucket}/closed/a") == (
        "AccessDenied", 403, implicit(caller, "s3:GetObject", quoted(arn(bucket, "closed/a"))))


def test_deleting_several_objects(writ, bucket, denied):
    caller, keys = writ.make_user(allow("s3:DeleteObject", arn(bucket, "mine/*")))
    root, s3 = writ.client("s3"), writ.client("s3", keys)
    for key in ("mine/a", "mine/b", "other"):
        root.put_object(Bucket=bucket, Key=key, Body=b"x")

    def delete(*names):
        return {"Bucket": bucket, "Delete": {"Objects": [{"Key": key} for key in names]}}

    code, status, message = denied(s3.delete_objects, **delete("mine/a", "other"))
    assert (code, status) == ("AccessDenied", 403)
    assert message == implicit(caller, "s3:DeleteObject", quoted(arn(bucket, "other")))
    assert len(root.list_objects_v2(Bucket=bucket)["Contents"]) == 3
    s3.delete_objects(**delete("mine/a", "mine/b"))
    assert len(root.list_objects_v2(Bucket=bucket)["Contents"]) == 1


def test_the_owner_that_is_expected(writ, bucket, denied):
    s3 = writ.client("s3")
    s3.put_object(Bucket=bucket, Key="a", Body=b"a", ExpectedBucketOwner=ACCOUNT)
    assert denied(s3.put_object, Bucket=bucket, Key="a", Body=b"b", ExpectedBucketOwner="210987654321") == (
        "AccessDenied", 403, "Access Denied")


def test_ranges_and_conditional_requests(writ, bucket, denied):
    s3 = writ.client("s3")
    etag = s3.put_object(Bucket=bucket, Key="a", Body=b"0123456789")["ETag"]
    got = s3.get_object(Bucket=bucket, Key="a", Range="bytes=2-4")
    assert got["Body"].read() == b"234" and got["ResponseMetadata"]["HTTPStatusCode"] == 206
    assert denied(s3.get_object, Bucket=bucket, Key="a", IfNoneMatch=etag)[1] == 304
    assert s3.head_object(Bucket=bucket, Key="a")["ContentLength"] == 10


def test_writ_why_explains_a_denial(writ, bucket):
    _, keys = writ.make_user(allow("s3:GetObject", arn(bucket, "b")))
    with pytest.raises(ClientError) as caught:
        writ.client("s3", keys).get_object(Bucket=bucket, Key="a")
    message = caught.value.response["Error"]["Message"]
    assert ". For complete details run writ why with the following authorization id: " in message
    deadline = time.monotonic() + 10
    while True:  # Denials are kept a second after they are told.
        done = subprocess.run([WRIT, "why", message.rpartition(" ")[2], "--data", writ.data], text=True,
                              capture_output=True, check=False)
        if "s3:GetObject" in done.stdout or time.monotonic() > deadline:
            break
        time.sleep(0.2)
    assert arn(bucket, "a") in done.stdout
