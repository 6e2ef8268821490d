"""Programs that ask Writ questions: JSON over HTTP, signed by botocore or with a bearer token."""
import http.client
import json
import urllib.parse

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from conftest import ROOT_KEY, ROOT_SECRET, Keys

ROOT = Keys(ROOT_KEY, ROOT_SECRET)


def signed_headers(url, method="POST", body=b"", headers=None, keys=ROOT, service="writ", region="us-east-1"):
    """As a client of an AWS service signs."""
    request = AWSRequest(method=method, url=url, data=body, headers=dict(headers or {}))
    credentials = Credentials(keys.access_key_id, keys.secret_access_key, keys.session_token)
    SigV4Auth(credentials, service, region).add_auth(request)
    return dict(request.headers.items())


def send(url, method="POST", body=b"", headers=None):
    """(status, headers, body as JSON, as text, or for CBOR as it came)."""
    parts = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)
    try:
        connection.request(method, parts.path + ("?" + parts.query if parts.query else ""), body, headers or {})
        answer = connection.getresponse()
        content = answer.read()
    finally:
        connection.close()
    kind = (answer.headers.get("Content-Type") or "").partition(";")[0]
    read = {"application/json": json.loads, "application/cbor": bytes}.get(kind, bytes.decode)
    return answer.status, answer.headers, read(content)


def ask(server, path, question=None, keys=ROOT, bearer=None, method="POST", headers=None):
    """One signed request, or one with a bearer token; a question is sent as JSON."""
    url = server.url + path
    body = b"" if question is None else json.dumps(question).encode()
    given = {**({} if question is None else {"Content-Type": "application/json"}), **(headers or {})}
    if bearer is not None:
        given["Authorization"] = f"Bearer {bearer}"
        return send(url, method, body, given)
    return send(url, method, body, signed_headers(url, method, body, given, keys))
