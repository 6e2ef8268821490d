"""Uploads to S3 by HTML forms, as boto3 signs them and browsers send them."""
import base64
import hashlib
import json
import re
import uuid

import pytest
import requests

from conftest import allow, deny, explicit, implicit, without_id
from recorder import headers_of
from signing import Signer, exchange, raw_request, status_of

RECORDED = "recorded-forms"


@pytest.fixture
def bucket(writ):
    name = f"bucket-{uuid.uuid4().hex[:8]}"
    writ.client("s3").create_bucket(Bucket=name)
    return name


def objects(bucket):
    return f"arn:aws:s3:::{bucket}/*"


def presigner(writ, *keys):
    """A client that signs forms with Signature Version 4, which boto3 does only when it is told."""
    return writ.client("s3", *keys, signature_version="s3v4")


def post(given, content, name="a.txt", **more):
    return requests.post(given["url"], data={**given["fields"], **more}, files={"file": (name, content)}, timeout=30,
                         allow_redirects=False)


def error_of(answer):
    found = re.search("<Code>(.*)</Code><Message>(.*)</Message>", answer.text)
    return answer.status_code, found[1], without_id(found[2].replace("&quot;", '"'))


def test_boto3s_forms(writ, bucket):
    _, keys = writ.make_user(allow("s3:PutObject", objects(bucket)))
    given = presigner(writ, keys).generate_presigned_post(
        bucket, "up/${filename}", Fields={"Content-Type": "text/plain", "x-amz-meta-a": "1"},
        Conditions=[["starts-with", "$key", "up/"], {"Content-Type": "text/plain"}, {"x-amz-meta-a": "1"},
                    ["content-length-range", 1, 10]])
    answer = post(given, b"hello", name="/home/ada/a.txt")
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["ETag"] == f'"{hashlib.md5(b"hello").hexdigest()}"'
    assert answer.headers["Location"] == f"{writ.gateway}/{bucket}/up/a.txt"
    got = writ.client("s3").get_object(Bucket=bucket, Key="up/a.txt")
    assert (got["Body"].read(), got["ContentType"], got["Metadata"]) == (b"hello", "text/plain", {"a": "1"})

    assert error_of(post(given, b"hello world")) == (
        400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size")
    assert error_of(post(given, b"")) == (
        400, "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size")
    assert error_of(post(given, b"hello", acl="public-read")) == (
        403, "AccessDenied", "Invalid according to Policy: Extra input fields: acl")
    assert error_of(post(given, b"hello", key="other/a")) == (
        403, "AccessDenied",
        'Invalid according to Policy: Policy Condition failed: ["starts-with", "$key", "up/"]')


def test_sessions_of_roles(writ, bucket):
    _, keys = writ.make_session(allow("s3:PutObject", objects(bucket)))
    given = presigner(writ, keys).generate_presigned_post(bucket, "a")
    assert post(given, b"hello").status_code == 204
    assert error_of(post(given, b"hello", **{"x-amz-security-token": "other"}))[0] in (400, 403)


def test_what_the_caller_may_not_do(writ, bucket):
    caller, keys = writ.make_user(allow("s3:PutObject", objects(bucket)),
                                  deny("s3:PutObject", f"arn:aws:s3:::{bucket}/no/*"))
    s3 = presigner(writ, keys)
    assert error_of(post(s3.generate_presigned_post(bucket, "no/a"), b"a")) == (
        403, "AccessDenied", explicit(caller, "s3:PutObject", f'"arn:aws:s3:::{bucket}/no/a"'))
    given = s3.generate_presigned_post(bucket, "a", Fields={"acl": "public-read"}, Conditions=[{"acl": "public-read"}])
    assert error_of(post(given, b"a")) == (
        403, "AccessDenied", implicit(caller, "s3:PutObjectAcl", f'"arn:aws:s3:::{bucket}/a"'))
    tags = "<Tagging><TagSet><Tag><Key>k</Key><Value>v</Value></Tag></TagSet></Tagging>"
    given = s3.generate_presigned_post(bucket, "a", Fields={"tagging": tags}, Conditions=[{"tagging": tags}])
    assert error_of(post(given, b"a")) == (
        403, "AccessDenied", implicit(caller, "s3:PutObjectTagging", f'"arn:aws:s3:::{bucket}/a"'))
    assert error_of(requests.post(f"{writ.gateway}/{bucket}", data={"key": "a"}, files={"file": b"a"}, timeout=30)) == (
        403, "AccessDenied", "Access Denied")
    assert "Contents" not in writ.client("s3").list_objects_v2(Bucket=bucket)


def test_older_signatures_are_refused(writ, bucket):
    answer = post(writ.client("s3", signature_version="s3").generate_presigned_post(bucket, "a"), b"a")
    assert error_of(answer) == (
        400, "InvalidRequest",
        "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.")


def test_conditions_know_a_form(writ, bucket):
    _, keys = writ.make_user(allow("s3:PutObject", objects(bucket)), deny(
        "s3:PutObject", objects(bucket), Condition={"StringNotEquals": {"s3:authType": "POST"}}))
    s3 = presigner(writ, keys)
    assert post(s3.generate_presigned_post(bucket, "a"), b"a").status_code == 204
    with pytest.raises(s3.exceptions.ClientError):
        s3.put_object(Bucket=bucket, Key="a", Body=b"b")


def test_answers_as_the_form_asks_for(writ, bucket):
    s3 = presigner(writ)

    def answer(**fields):
        return post(s3.generate_presigned_post(bucket, "a b", Fields=fields,
                                               Conditions=[{name: value} for name, value in fields.items()]), b"hello")

    assert answer(success_action_status="200").status_code == 200
    created = answer(success_action_status="201")
    etag = f'"{hashlib.md5(b"hello").hexdigest()}"'
    assert created.status_code == 201
    assert (f"<Location>{writ.gateway}/{bucket}/a%20b</Location><Bucket>{bucket}</Bucket><Key>a b</Key>"
            f"<ETag>{etag}</ETag>") in created.text
    sent_on = answer(success_action_redirect="http://shop.example/done")
    assert sent_on.status_code == 303
    assert sent_on.headers["Location"] == (
        f"http://shop.example/done?bucket={bucket}&key=a%20b&etag=%22{etag[1:-1]}%22")


class Form:
    """A form to the recorded bucket, written by hand."""

    def __init__(self, keys, *conditions, **fields):
        signer = Signer(keys)
        signed = {"x-amz-algorithm": "AWS4-HMAC-SHA256", "x-amz-credential": f"{signer.key_id}/{signer.scope}",
                  "x-amz-date": signer.date}
        fields = {"key": "a", **fields, **signed}
        policy = {"expiration": "2099-01-01T00:00:00Z",
                  "conditions": [{name: value} for name, value in fields.items()] + list(conditions)}
        fields["policy"] = base64.b64encode(json.dumps(policy).encode()).decode()
        fields["x-amz-signature"] = signer.signature(fields["policy"])
        self.parts = [self.part(name, value.encode()) for name, value in fields.items()]

    @staticmethod
    def part(name, content, more=""):
        return f'--B\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'.encode() + content + b"\r\n"

    def body(self, content, behind=b"--B--\r\n"):
        return b"".join(self.parts) + self.part("file", content, '; filename="a"') + behind

    @staticmethod
    def head(length, boundary="B"):
        return raw_request("POST", f"/{RECORDED}", {
            "Host": "127.0.0.1", "Content-Type": f"multipart/form-data; boundary={boundary}", "Connection": "close",
            "Content-Length": str(length)})


@pytest.fixture
def uploader(writ):
    return writ.make_user(allow("s3:PutObject", objects(RECORDED)))[1]


def test_the_service_gets_a_put(writ, recorder, uploader):
    body = Form(uploader, **{"x-amz-meta-a": "b"}).body(b"content")
    answer = exchange(writ.address(), Form.head(len(body)), body)
    assert status_of(answer) == 204
    [(head, content, whole)] = recorder.wait_for(1)
    assert head.startswith(f"PUT /{RECORDED}/a HTTP/1.1\r\n") and content == b"content" and whole
    headers = headers_of(head)
    assert headers["x-amz-meta-a"] == "b" and headers["content-length"] == "7"
    assert "Credential=AKIAUPSTREAM/" in headers["authorization"]
    assert not any(name in head.lower() for name in ("policy", "x-amz-signature", "multipart"))


def test_long_files_pass_piece_by_piece(writ, recorder, uploader):
    content = b"0123456789abcdef" * (1 << 20) * 2
    form = Form(uploader, ["content-length-range", 1, len(content)])
    body = form.body(content)
    assert status_of(exchange(writ.address(), Form.head(len(body)), body, timeout=60)) == 204
    [(_, got, whole)] = recorder.wait_for(1)
    assert whole and hashlib.sha256(got).digest() == hashlib.sha256(content).digest()


def test_a_long_file_beyond_the_range_never_reaches_the_service(writ, recorder, uploader):
    content = b"0" * (1 << 20) * 20
    body = Form(uploader, ["content-length-range", 1, len(content) - 1]).body(content)
    answer = exchange(writ.address(), Form.head(len(body)), body, timeout=60)
    assert status_of(answer) == 400 and b"EntityTooLarge" in answer
    assert recorder.connections == 0


def test_a_long_file_that_does_not_end_as_announced_is_broken_off(writ, recorder, uploader):
    content = b"0" * (1 << 20) * 20
    for behind in (b"--B--", b"--C--\r\n", Form.part("submit", b"go") + b"--B--\r\n",
                   Form.part("file", b"x") + b"--B--\r\n"):
        recorder.forget()
        body = Form(uploader).body(content, behind)
        answer = exchange(writ.address(), Form.head(len(body)), body, timeout=60)
        assert status_of(answer) == 400, behind
        [(_, got, whole)] = recorder.wait_for(1)
        assert not whole and len(got) < len(content) + 100, behind


def test_what_browsers_send_behind_the_file_is_ignored(writ, recorder, uploader):
    body = Form(uploader).body(b"content", Form.part("submit", b"go") + Form.part("key", b"other") + b"--B--\r\n")
    assert status_of(exchange(writ.address(), Form.head(len(body)), body)) == 204
    [(head, content, _)] = recorder.wait_for(1)
    assert head.startswith(f"PUT /{RECORDED}/a ") and content == b"content"


@pytest.mark.parametrize("spoil, code", [
    (lambda form, body: body[:-9], b"MalformedPOSTRequest"),
    (lambda form, body: body.replace(b"--B--", b"--C--"), b"MalformedPOSTRequest"),
    (lambda form, body: body + b"more", b"MalformedPOSTRequest"),
    (lambda form, body: Form.part("key", b"b") + body, b"MalformedPOSTRequest"),
    (lambda form, body: Form.part("KEY", b"b") + body, b"MalformedPOSTRequest"),
    (lambda form, body: b"\r\n" + body, b"MalformedPOSTRequest"),
    (lambda form, body: Form.part("x-amz-copy-source", b"/other/secret") + body, b"NotImplemented"),
    (lambda form, body: Form.part("x-ignore-much", b"a" * 20_480) + body, b"MaxPostPreDataLengthExceeded"),
    (lambda form, body: body.replace(b'name="file"', b'name="other"'), b"InvalidArgument"),
    (lambda form, body: body.replace(b"--B--", Form.part("file", b"x") + b"--B--"), b"InvalidArgument"),
], ids=["cut", "other end", "more behind", "twice", "twice in case", "more before", "copy", "much", "no file",
        "two files"])
def test_forms_that_are_refused(writ, recorder, uploader, spoil, code):
    form = Form(uploader)
    body = spoil(form, form.body(b"content"))
    answer = exchange(writ.address(), Form.head(len(body)), body)
    assert status_of(answer) in (400, 501) and b"<Code>" + code + b"</Code>" in answer
    assert recorder.requests == []


def test_the_wrong_boundary(writ, recorder, uploader):
    body = Form(uploader).body(b"content")
    answer = exchange(writ.address(), Form.head(len(body), boundary="C"), body)
    assert status_of(answer) == 400 and b"MalformedPOSTRequest" in answer and recorder.requests == []


def test_byte_by_byte(writ, recorder, uploader):
    body = Form(uploader).body(b"content")
    pieces = [body[at:at + 1] for at in range(len(body))]
    assert status_of(exchange(writ.address(), Form.head(len(body)), *pieces)) == 204
    assert recorder.wait_for(1)[0][1] == b"content"
