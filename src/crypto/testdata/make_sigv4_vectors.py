#!/usr/bin/env python3
"""Writes sigv4_vectors.json: signed requests computed apart from the C++ code.

Every row is signed here, from the published algorithm, with the standard library alone. Where botocore can
make the same request, its signature must be the same, or nothing is written (`pip install botocore`).
"""
import datetime, hashlib, hmac, json, pathlib, re, sys
from urllib.parse import quote, unquote_plus, unquote_to_bytes

NOW = datetime.datetime(2026, 11, 24, 4, 23, 0)
STAMP = NOW.strftime("%Y%m%dT%H%M%SZ")
KEY_ID, SECRET = "AKIAXVJ2QWERTZUIOPAS", "v3rySecret/WithSlash+Plus0123456789abcde"
TOKEN = "AQAAAAEk" + "tOkEn+/abcXYZ019" * 22 + "=="


def canonical_path(path):
    kept = []
    for segment in path.split("/"):
        if segment == ".." and kept:
            kept.pop()
        elif segment not in ("", ".", ".."):
            kept.append(segment)
    text = "".join("/" + segment for segment in kept)
    if not text or path.endswith("/"):
        text += "/"
    return quote(text.encode(), safe="/-_.~")


def canonical_query(query):
    def again(text):
        return quote(unquote_to_bytes(text.replace("+", " ")), safe="-_.~")
    items = []
    for item in query.split("&"):
        name, _, value = item.partition("=")
        if item and name != "X-Amz-Signature":
            items.append((again(name), again(value)))
    return "&".join(f"{name}={value}" for name, value in sorted(items))


def canonical(method, target, headers, signed, body):
    path, _, query = target.partition("?")
    lines = []
    for name in signed:
        values = [re.sub(r"[ \t]+", " ", v.strip(" \t")) for n, v in headers if n.lower() == name]
        lines.append(f"{name}:{','.join(values)}\n")
    return "\n".join([method, canonical_path(path), canonical_query(query), "".join(lines), ";".join(signed),
                      hashlib.sha256(body.encode()).hexdigest()])


def signature(text, region, service):
    scope = f"{STAMP[:8]}/{region}/{service}/aws4_request"
    to_sign = "\n".join(["AWS4-HMAC-SHA256", STAMP, scope, hashlib.sha256(text.encode()).hexdigest()])
    key = ("AWS4" + SECRET).encode()
    for part in scope.split("/"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return scope, hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest()


def row(id, method="POST", target="/", headers=(), body="", region="us-east-1", service="sts", token=None,
        unsigned=(), presign=False, botocore=True, separator=", ", host="127.0.0.1:7600"):
    headers = [["Host", host], *map(list, headers)]
    if presign:
        signed = sorted({n.lower() for n, _ in headers} - set(unsigned))
        scope = f"{STAMP[:8]}/{region}/{service}/aws4_request"
        extra = {"X-Amz-Algorithm": "AWS4-HMAC-SHA256", "X-Amz-Credential": f"{KEY_ID}/{scope}", "X-Amz-Date": STAMP,
                 "X-Amz-Expires": "60", "X-Amz-SignedHeaders": ";".join(signed)}
        if token:
            extra["X-Amz-Security-Token"] = token
        target += ("&" if "?" in target else "?") + "&".join(f"{n}={quote(v, safe='-_.~')}" for n, v in extra.items())
        text = canonical(method, target, headers, signed, body)
        scope, found = signature(text, region, service)
        target += "&X-Amz-Signature=" + found
    else:
        headers.append(["X-Amz-Date", STAMP])
        if token:
            headers.append(["X-Amz-Security-Token", token])
        signed = sorted({n.lower() for n, _ in headers} - set(unsigned))
        text = canonical(method, target, headers, signed, body)
        scope, found = signature(text, region, service)
        headers.append(["Authorization", separator.join(
            [f"AWS4-HMAC-SHA256 Credential={KEY_ID}/{scope}", f"SignedHeaders={';'.join(signed)}",
             f"Signature={found}"])])
    out = dict(id=id, method=method, target=target, headers=headers, body=body, region=region, service=service,
               presigned=presign, canonical=text, signature=found, token=token or "")
    if botocore:
        agree(out, set(unsigned))
    return out


def agree(row, unsigned):
    """botocore signs the same request to the same signature."""
    import botocore.auth, botocore.awsrequest, botocore.compat, botocore.credentials
    for module in (botocore.auth,):
        if hasattr(module, "get_current_datetime"):
            module.get_current_datetime = lambda remove_tzinfo=True: NOW
    credentials = botocore.credentials.Credentials(KEY_ID, SECRET, row["token"] or None)
    own = {"authorization", "x-amz-date", "x-amz-security-token"} | unsigned
    target = re.sub(r"[?&]X-Amz-Algorithm=.*", "", row["target"]) if row["presigned"] else row["target"]
    host = row["headers"][0][1]
    request = botocore.awsrequest.AWSRequest(row["method"], "http://" + host + target, data=row["body"].encode())
    for name, value in row["headers"]:
        if name.lower() not in own:
            request.headers.add_header(name, value)
    if row["presigned"]:
        botocore.auth.SigV4QueryAuth(credentials, row["service"], row["region"], 60).add_auth(request)
        found = re.search(r"X-Amz-Signature=(\w+)", request.url)[1]
    else:
        botocore.auth.SigV4Auth(credentials, row["service"], row["region"]).add_auth(request)
        found = re.search(r"Signature=(\w+)", request.headers["Authorization"])[1]
    if found != row["signature"]:
        sys.exit(f"{row['id']}: botocore signs {found}, here it is {row['signature']}")


FORM = ["Content-Type", "application/x-www-form-urlencoded; charset=utf-8"]
CALL = "Action=GetCallerIdentity&Version=2011-06-15"
ROWS = [
    row("post-form", headers=[FORM], body=CALL),
    row("post-token", headers=[FORM], body=CALL, token=TOKEN),
    row("post-other-region", headers=[FORM], body=CALL, region="eu-central-1", service="iam"),
    row("post-empty-body"),
    row("post-body-unicode", headers=[FORM], body="Action=TagUser&Tags.member.1.Value=Zoë 日本 \U0001F511"),
    row("post-body-1-KiB", headers=[FORM], body="Action=X&Pad=" + "0123456789abcdef" * 64),
    row("no-blank-behind-commas", headers=[FORM], body=CALL, separator=","),
    row("get-query", "GET", "/?" + CALL),
    row("get-query-order", "GET", "/?b=2&a=1&b=1&a-b=3&aB=4&A=5&a.=6"),
    row("get-query-no-equals", "GET", "/?flag&Action=X", botocore=False),
    row("get-query-empty-value", "GET", "/?flag=&Action=X"),
    row("get-query-empty-items", "GET", "/?&a=1&&b=2&", botocore=False),
    row("get-query-equals-in-value", "GET", "/?a=b%3Dc%3D"),
    row("get-query-bare-equals-in-value", "GET", "/?a=b=c", botocore=False),
    row("get-query-lower-case-escapes", "GET", "/?path=%2fa%2fb&u=%c3%a9", botocore=False),
    row("get-query-needless-escapes", "GET", "/?%41ction=%47et%2DX%7E", botocore=False),
    row("get-query-plus-is-blank", "GET", "/?name=a+b%20c%2Bd", botocore=False),
    row("get-query-unicode", "GET", "/?t=%F0%9F%94%91%20%E6%97%A5"),
    row("get-query-raw-utf8", "GET", "/?t=日", botocore=False),
    row("get-query-delimiters", "GET", "/?a=%26%3D%3F%2F%23%25&%26b=%3B"),
    row("get-query-prefix-names", "GET", "/?a=1&ab=0&a%20=2&a%2F=3"),
    row("path-plain", "GET", "/v1/things/42", service="access-analyzer"),
    row("path-trailing-slash", "GET", "/v1/things/", service="access-analyzer"),
    row("path-double-slash", "GET", "//v1///things", service="access-analyzer"),
    row("path-dots", "GET", "/v1/./x/../things", service="access-analyzer"),
    row("path-dots-above-root", "GET", "/../../v1", service="access-analyzer"),
    row("path-only-dots", "GET", "/a/..", service="access-analyzer"),
    row("path-encoded-twice", "GET", "/analyzer/arn%3Aaws%3Ax%2Fy%20z", service="access-analyzer"),
    row("path-unreserved", "GET", "/a-b_c.d~e/(f)*'!$&+,;=:@", service="access-analyzer"),
    row("path-raw-utf8", "GET", "/größe", service="access-analyzer", botocore=False),
    row("header-trim", headers=[FORM, ["X-Amz-Meta", "  a   b \t c  "]], body=CALL),
    row("header-repeated", headers=[FORM, ["X-Amz-Meta", "b"], ["X-Amz-Meta", "a"], ["x-amz-meta", " c "]], body=CALL),
    row("header-empty", headers=[FORM, ["X-Amz-Meta", ""]], body=CALL),
    row("header-case", headers=[["CONTENT-TYPE", FORM[1]], ["X-AMZ-Zeta", "1"], ["x-Amz-aLpha", "2"]], body=CALL),
    row("header-order", headers=[["X-Amz-B", "1"], ["X-Amz-A", "2"], ["X-Amz-A-A", "3"], ["X-Amz-AA", "4"]]),
    row("header-quotes", headers=[["X-Amz-Meta", '"a   b"  c']]),
    row("header-unicode", headers=[["X-Amz-Meta", "größe  日本"]], botocore=False),
    row("header-unsigned", headers=[FORM, ["User-Agent", "curl/8"], ["Accept", "*/*"]], body=CALL,
        unsigned=["user-agent", "accept"], botocore=False),
    row("json-target", headers=[["Content-Type", "application/x-amz-json-1.1"],
                                ["X-Amz-Target", "AWSOrganizationsV20161128.ListRoots"]], body="{}",
        service="organizations"),
    row("host-without-port", headers=[FORM], body=CALL, host="sts.amazonaws.com"),
    row("presigned", "GET", "/?" + CALL, presign=True),
    row("presigned-token", "GET", "/?" + CALL, presign=True, token=TOKEN),
    row("presigned-cluster", "GET", "/?" + CALL, headers=[["x-k8s-aws-id", "my cluster"]], presign=True),
    row("presigned-no-query", "GET", "/", presign=True),
    row("presigned-post", "POST", "/?" + CALL, headers=[FORM], body="a=b", presign=True, botocore=False),
]

if __name__ == "__main__":
    head = dict(now=STAMP, access_key_id=KEY_ID, secret_access_key=SECRET)
    lines = [json.dumps(r, ensure_ascii=False) for r in ROWS]
    text = json.dumps(head)[:-1] + ', "rows": [\n' + ",\n".join(lines) + "\n]}\n"
    (pathlib.Path(__file__).parent / "sigv4_vectors.json").write_text(text, encoding="utf-8")
    print(len(ROWS), "rows")
