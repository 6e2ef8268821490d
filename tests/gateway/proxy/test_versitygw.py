"""versitygw, an S3 server that checks signatures and checksums itself, behind the gateway."""
import base64
import concurrent.futures
import hashlib
import json
import os
import urllib.error
import urllib.parse
import urllib.request
import uuid
import zlib

import pytest
from boto3.s3.transfer import TransferConfig

import services
from conftest import ROOT_KEYS, Writ, allow, aws_cli, implicit, upstream
from signing import Signer, exchange, raw_request, status_of

MIB = 1 << 20


@pytest.fixture(scope="module")
def gate(tmp_path_factory):
    with services.s3(tmp_path_factory.mktemp("versitygw")) as url:
        running = Writ(tmp_path_factory.mktemp("gateway"), upstream(
            "s3", url, access_key_id=services.KEYS[0], secret_access_key_variable="UPSTREAM_SECRET"))
        yield running
        assert running.stop() == 0


@pytest.fixture
def bucket(gate):
    name = f"bucket-{uuid.uuid4().hex[:8]}"
    gate.client("s3").create_bucket(Bucket=name)
    return name


def arn(bucket, key=None):
    return f"arn:aws:s3:::{bucket}" + (f"/{key}" if key else "")


def refusal(caller, action, resource):
    return "AccessDenied", 403, implicit(caller, action, f'"{resource}"')


def test_objects(gate, bucket, denied):
    caller, keys = gate.make_user(allow(["s3:PutObject", "s3:GetObject", "s3:DeleteObject"], arn(bucket, "mine/*")))
    s3 = gate.client("s3", keys)
    s3.put_object(Bucket=bucket, Key="mine/ü +&=.txt", Body=b"hello", ContentType="text/plain", Metadata={"m": "1"})
    got = s3.get_object(Bucket=bucket, Key="mine/ü +&=.txt")
    assert (got["Body"].read(), got["ContentType"], got["Metadata"]) == (b"hello", "text/plain", {"m": "1"})
    assert s3.get_object(Bucket=bucket, Key="mine/ü +&=.txt", Range="bytes=1-2")["Body"].read() == b"el"
    assert denied(s3.get_object, Bucket=bucket, Key="mine/none")[:2] == ("NoSuchKey", 404)
    assert denied(s3.put_object, Bucket=bucket, Key="other", Body=b"") == refusal(caller, "s3:PutObject", arn(bucket, "other"))
    s3.delete_object(Bucket=bucket, Key="mine/ü +&=.txt")
    assert gate.client("s3").list_objects_v2(Bucket=bucket)["KeyCount"] == 0


def test_a_large_file_in_parts(gate, bucket, tmp_path):
    """By several threads at once, as the transfers of boto3 are."""
    _, keys = gate.make_user(allow(["s3:PutObject", "s3:GetObject"], arn(bucket, "*")))
    s3 = gate.client("s3", keys)
    sent, back = tmp_path / "sent", tmp_path / "back"
    sent.write_bytes(os.urandom(MIB) * 65 + b"end")
    parts = TransferConfig(multipart_threshold=8 * MIB, multipart_chunksize=8 * MIB, max_concurrency=4)
    s3.upload_file(str(sent), bucket, "large", Config=parts)
    head = s3.head_object(Bucket=bucket, Key="large")
    assert head["ContentLength"] == sent.stat().st_size and head["ETag"].endswith('-9"')
    s3.download_file(bucket, "large", str(back), Config=parts)
    assert hashlib.sha256(back.read_bytes()).digest() == hashlib.sha256(sent.read_bytes()).digest()


def signed_part(gate, path, query, body, tampered=False):
    """One part in chunks that are signed one by one; the second may be changed on the way."""
    signer = Signer(ROOT_KEYS)
    measure = Signer(ROOT_KEYS)
    measure.seed = "0" * 64
    pieces = [body[at:at + 65536] for at in range(0, len(body), 65536)] + [b""]
    length = sum(len(measure.chunk(piece)) for piece in pieces) + 2
    headers = signer.headers("PUT", path, {
        "Host": gate.gateway.removeprefix("http://"), "Content-Encoding": "aws-chunked",
        "Content-Length": str(length), "x-amz-decoded-content-length": str(len(body))},
        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD", query)
    chunks = [signer.chunk(piece) for piece in pieces]
    if tampered:
        chunks[1] = chunks[1][:-3] + bytes([chunks[1][-3] ^ 1]) + b"\r\n"
    return exchange(gate.address(), raw_request("PUT", f"{path}?{query}", headers), *chunks, b"\r\n", timeout=60)


def test_a_part_that_was_changed_on_the_way_never_arrives(gate, bucket, denied):
    s3 = gate.client("s3")
    upload = {"Bucket": bucket, "Key": "parts", "UploadId": s3.create_multipart_upload(Bucket=bucket, Key="parts")["UploadId"]}
    body = os.urandom(5 * MIB)

    def part(number, **more):
        query = urllib.parse.urlencode({"partNumber": number, "uploadId": upload["UploadId"]})
        return signed_part(gate, f"/{bucket}/parts", query, body, **more)

    assert status_of(part(1)) == 200
    answer = part(2, tampered=True)
    assert status_of(answer) == 403 and b"<Code>SignatureDoesNotMatch</Code>" in answer
    assert [known["PartNumber"] for known in s3.list_parts(**upload)["Parts"]] == [1]
    etag = f'"{hashlib.md5(body).hexdigest()}"'
    assert s3.list_parts(**upload)["Parts"][0]["ETag"] == etag
    both = {"Parts": [{"PartNumber": 1, "ETag": etag}, {"PartNumber": 2, "ETag": etag}]}
    assert denied(s3.complete_multipart_upload, **upload, MultipartUpload=both)[:2] == ("InvalidPart", 400)
    assert status_of(part(2)) == 200
    s3.complete_multipart_upload(**upload, MultipartUpload=both)
    assert s3.get_object(Bucket=bucket, Key="parts")["Body"].read() == body * 2


def test_an_upload_is_given_up(gate, bucket, denied):
    caller, keys = gate.make_user(allow(["s3:PutObject", "s3:ListBucketMultipartUploads"], "*"))
    s3 = gate.client("s3", keys)
    upload = s3.create_multipart_upload(Bucket=bucket, Key="parts")["UploadId"]
    assert [known["UploadId"] for known in s3.list_multipart_uploads(Bucket=bucket)["Uploads"]] == [upload]
    abort = {"Bucket": bucket, "Key": "parts", "UploadId": upload}
    assert denied(s3.abort_multipart_upload, **abort) == refusal(caller, "s3:AbortMultipartUpload", arn(bucket, "parts"))
    gate.client("s3").abort_multipart_upload(**abort)
    assert "Uploads" not in s3.list_multipart_uploads(Bucket=bucket)


def test_trailing_checksums_are_checked_by_the_service(gate, bucket):
    def put(key, checksum, signed):
        kind = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER" if signed else "STREAMING-UNSIGNED-PAYLOAD-TRAILER"
        trailer = f"x-amz-checksum-crc32:{checksum}\r\n".encode()
        signer = Signer(ROOT_KEYS)
        length = (len(b"5;chunk-signature=\r\nhello\r\n0;chunk-signature=\r\n") + 128 + len(trailer) +
                  len(b"x-amz-trailer-signature:\r\n\r\n") + 64) if signed else len(b"5\r\nhello\r\n0\r\n\r\n") + len(trailer)
        headers = signer.headers("PUT", f"/{bucket}/{key}", {
            "Host": gate.gateway.removeprefix("http://"), "Content-Encoding": "aws-chunked", "Content-Length": str(length),
            "x-amz-trailer": "x-amz-checksum-crc32", "x-amz-decoded-content-length": "5"}, kind)
        if signed:
            body = signer.chunk(b"hello") + signer.chunk(b"") + signer.trailer("x-amz-checksum-crc32", checksum)
        else:
            body = b"5\r\nhello\r\n0\r\n" + trailer + b"\r\n"
        assert len(body) == length
        return exchange(gate.address(), raw_request("PUT", f"/{bucket}/{key}", headers) + body)

    right = base64.b64encode(zlib.crc32(b"hello").to_bytes(4, "big")).decode()
    for signed in (True, False):
        key = f"signed-{signed}"
        assert status_of(put(key, "AAAAAA==", signed)) == 400
        assert status_of(put(key, right, signed)) == 200
        got = gate.client("s3").get_object(Bucket=bucket, Key=key, ChecksumMode="ENABLED")
        assert got["Body"].read() == b"hello" and got["ChecksumCRC32"] == right


def test_presigned_urls(gate, bucket):
    _, keys = gate.make_user(allow(["s3:GetObject", "s3:PutObject"], arn(bucket, "shared")))
    s3 = gate.client("s3", keys, signature_version="s3v4")

    def call(method, operation, key, body=None):
        url = s3.generate_presigned_url(operation, Params={"Bucket": bucket, "Key": key}, ExpiresIn=60)
        try:
            with urllib.request.urlopen(urllib.request.Request(url, method=method, data=body, headers={"Content-Type": ""})) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read()

    assert call("PUT", "put_object", "shared", b"hello")[0] == 200
    assert call("GET", "get_object", "shared") == (200, b"hello")
    status, told = call("PUT", "put_object", "other", b"hello")
    assert status == 403 and b"<Code>AccessDenied</Code>" in told and b"s3:PutObject" in told
    assert call("DELETE", "delete_object", "shared")[0] == 403
    assert [entry["Key"] for entry in gate.client("s3").list_objects_v2(Bucket=bucket)["Contents"]] == ["shared"]


def test_copies(gate, bucket, denied):
    caller, keys = gate.make_user(allow("s3:PutObject", arn(bucket, "copies/*")), allow("s3:GetObject", arn(bucket, "open/*")))
    root, s3 = gate.client("s3"), gate.client("s3", keys)
    body = os.urandom(6 * MIB)
    for key in ("open/a", "closed/a"):
        root.put_object(Bucket=bucket, Key=key, Body=body)
    s3.copy_object(Bucket=bucket, Key="copies/a", CopySource=f"{bucket}/open/a")
    assert root.get_object(Bucket=bucket, Key="copies/a")["Body"].read() == body
    closed = refusal(caller, "s3:GetObject", arn(bucket, "closed/a"))
    assert denied(s3.copy_object, Bucket=bucket, Key="copies/b", CopySource=f"{bucket}/closed/a") == closed
    upload = {"Bucket": bucket, "Key": "copies/b"}
    upload["UploadId"] = s3.create_multipart_upload(**upload)["UploadId"]
    assert denied(s3.upload_part_copy, **upload, PartNumber=1, CopySource=f"{bucket}/closed/a") == closed
    part = s3.upload_part_copy(**upload, PartNumber=1, CopySource=f"{bucket}/open/a", CopySourceRange="bytes=0-5242879")
    s3.complete_multipart_upload(**upload, MultipartUpload={
        "Parts": [{"PartNumber": 1, "ETag": part["CopyPartResult"]["ETag"]}]})
    assert root.get_object(Bucket=bucket, Key="copies/b")["Body"].read() == body[:5 * MIB]


def test_tags(gate, bucket, denied):
    caller, keys = gate.make_user(
        allow("s3:PutObject", arn(bucket, "*")),
        allow("s3:PutObjectTagging", arn(bucket, "*"), Condition={"StringEquals": {"s3:RequestObjectTag/team": "a"}}),
        allow("s3:GetObjectTagging", arn(bucket, "mine")))
    s3 = gate.client("s3", keys)
    s3.put_object(Bucket=bucket, Key="mine", Body=b"", Tagging="team=a")
    assert s3.get_object_tagging(Bucket=bucket, Key="mine")["TagSet"] == [{"Key": "team", "Value": "a"}]
    refused = refusal(caller, "s3:PutObjectTagging", arn(bucket, "mine"))
    assert denied(s3.put_object, Bucket=bucket, Key="mine", Body=b"", Tagging="team=b") == refused
    tags = {"TagSet": [{"Key": "team", "Value": "b"}]}
    assert denied(s3.put_object_tagging, Bucket=bucket, Key="mine", Tagging=tags) == refused
    assert denied(s3.delete_object_tagging, Bucket=bucket, Key="mine") == refusal(
        caller, "s3:DeleteObjectTagging", arn(bucket, "mine"))
    assert gate.client("s3").get_object_tagging(Bucket=bucket, Key="mine")["TagSet"] == [{"Key": "team", "Value": "a"}]


def test_versions(gate, bucket, denied):
    caller, keys = gate.make_user(allow(["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], arn(bucket, "*")))
    root, s3 = gate.client("s3"), gate.client("s3", keys)
    root.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    first, second = (s3.put_object(Bucket=bucket, Key="a", Body=body)["VersionId"] for body in (b"1", b"2"))
    s3.delete_object(Bucket=bucket, Key="a")
    assert root.get_object(Bucket=bucket, Key="a", VersionId=first)["Body"].read() == b"1"
    assert denied(s3.get_object, Bucket=bucket, Key="a", VersionId=first) == refusal(
        caller, "s3:GetObjectVersion", arn(bucket, "a"))
    assert denied(s3.delete_object, Bucket=bucket, Key="a", VersionId=first) == refusal(
        caller, "s3:DeleteObjectVersion", arn(bucket, "a"))
    assert denied(s3.list_object_versions, Bucket=bucket) == refusal(caller, "s3:ListBucketVersions", arn(bucket))
    listed = root.list_object_versions(Bucket=bucket)
    assert {version["VersionId"] for version in listed["Versions"]} == {first, second}
    assert len(listed["DeleteMarkers"]) == 1


def test_pages(gate, bucket, denied):
    root = gate.client("s3")
    keys_there = [f"{folder}/{number:02}" for folder in "abc" for number in range(9)]
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda key: root.put_object(Bucket=bucket, Key=key, Body=b""), keys_there))
    _, keys = gate.make_user(allow("s3:ListBucket", arn(bucket), Condition={"NumericLessThanEquals": {"s3:max-keys": "10"}}))
    s3 = gate.client("s3", keys)
    pages = list(s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, PaginationConfig={"PageSize": 10}))
    assert [len(page["Contents"]) for page in pages] == [10, 10, 7]
    assert [entry["Key"] for page in pages for entry in page["Contents"]] == keys_there
    folders = s3.list_objects_v2(Bucket=bucket, Delimiter="/", MaxKeys=10)["CommonPrefixes"]
    assert [folder["Prefix"] for folder in folders] == ["a/", "b/", "c/"]
    assert denied(s3.list_objects_v2, Bucket=bucket, MaxKeys=11)[:2] == ("AccessDenied", 403)


def test_several_objects_are_deleted(gate, bucket, denied):
    caller, keys = gate.make_user(allow("s3:DeleteObject", arn(bucket, "mine/*")))
    root, s3 = gate.client("s3"), gate.client("s3", keys)
    for key in ("mine/a", "mine/b", "other"):
        root.put_object(Bucket=bucket, Key=key, Body=b"")

    def of(*names):
        return {"Bucket": bucket, "Delete": {"Objects": [{"Key": key} for key in names]}}

    assert denied(s3.delete_objects, **of("mine/a", "other")) == refusal(caller, "s3:DeleteObject", arn(bucket, "other"))
    assert len(s3.delete_objects(**of("mine/a", "mine/b"))["Deleted"]) == 2
    assert [entry["Key"] for entry in root.list_objects_v2(Bucket=bucket)["Contents"]] == ["other"]


def test_conditional_requests(gate, bucket, denied):
    s3 = gate.client("s3")
    etag = s3.put_object(Bucket=bucket, Key="a", Body=b"1")["ETag"]
    assert denied(s3.put_object, Bucket=bucket, Key="a", Body=b"2", IfNoneMatch="*")[:2] == ("PreconditionFailed", 412)
    assert denied(s3.get_object, Bucket=bucket, Key="a", IfNoneMatch=etag)[1] == 304
    assert s3.get_object(Bucket=bucket, Key="a", IfMatch=etag)["Body"].read() == b"1"


def test_the_cli(gate, bucket, tmp_path):
    caller, keys = gate.make_user(allow(["s3:PutObject", "s3:GetObject", "s3:DeleteObject", "s3:GetObjectTagging",
                                         "s3:PutObjectTagging"], arn(bucket, "*")),
                                  allow("s3:ListBucket", arn(bucket)))
    source = tmp_path / "source"
    (source / "folder").mkdir(parents=True)
    (source / "folder/small").write_bytes(b"small")
    (source / "large").write_bytes(os.urandom(20 * MIB))
    for arguments in (("sync", str(source), f"s3://{bucket}/"), ("sync", f"s3://{bucket}/", str(tmp_path / "back")),
                      ("mv", f"s3://{bucket}/large", f"s3://{bucket}/moved"),
                      ("rm", "--recursive", f"s3://{bucket}/folder/")):
        code, told = aws_cli(gate, "s3", *arguments, "--only-show-errors", keys=keys)
        assert code == 0, told
    for file in ("folder/small", "large"):
        assert (tmp_path / "back" / file).read_bytes() == (source / file).read_bytes()
    code, told = aws_cli(gate, "s3api", "list-objects-v2", "--bucket", bucket, keys=keys)
    assert code == 0 and [entry["Key"] for entry in json.loads(told)["Contents"]] == ["moved"]
    code, told = aws_cli(gate, "s3", "rb", f"s3://{bucket}", keys=keys)
    assert code == 1 and told.endswith("(AccessDenied) when calling the DeleteBucket operation: " +
                                       implicit(caller, "s3:DeleteBucket", f'"{arn(bucket)}"'))
