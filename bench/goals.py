"""What make bench demands of what it measures."""


def rows():
    """name, our row, peer row, goal, how: `max` ratio to the peer, `faster` times than the peer, `limit` value."""
    unit = "unit"
    yield "decide W1, in units", "decide/W1", unit, 3.5, "max"
    yield "decide W2, in units", "decide/W2", unit, 17, "max"
    for work in ("W1", "W2"):
        yield f"decide {work} beside native Cedar", f"decide/{work}", f"cedar/decide/{work}", 20, "faster"
    yield "decide W2 beside iam-simulate", "decide/W2", "iam-simulate/decide/W2", 1000, "faster"
    yield "allocations a decision, W2", "allocations/W2", None, 0, "limit"
    for kind in ("spread", "same"):
        yield f"decide W3 {kind}, 10,000 statements beside 10", f"decide/W3-{kind}-10000", f"decide/W3-{kind}-10", 4, "max"
        yield f"decide W3 {kind}, 10,000 beside native Cedar", f"decide/W3-{kind}-10000", f"cedar/decide/W3-{kind}-10000", 1000, "faster"
    yield "decide, ReadOnly + PowerUser + Administrator, ns", "managed/ReadOnly + PowerUser + Administrator", None, 1000, "limit"
    yield "leading *, a candidate, in units", "decide/leading-wildcard, a candidate", unit, 1.5, "max"
    yield "explain W2 beside iam-simulate", "explain/W2", "iam-simulate/decide/W2", 90, "faster"
    yield "compile a statement, W3 1,000, beside Cedar's parser", "compile/W3-spread-1000", "cedar/parse/W3-spread-1000", 10, "faster"
    yield "compile a statement, W2, beside Cedar's parser", "compile/W2", "cedar/parse/W2", 10, "faster"
    yield "100,000 principals cold, p99 beside warm median", "cold/p99", "cold/warm median", 40, "max"
    yield "bytes a principal beside its documents", "cold/bytes a principal", None, 4096, "limit"
    yield "look up an action, ns", "reference/find an action", None, 50, "limit"
    yield "SigV4 verify, 1 KB, beside bare hashing", "sigv4/verify", "sigv4/bare work", 1.3, "max"
    yield "same with a session token, beside that + AES-GCM", "sigv4/verify, session token", "sigv4/bare work and open", 1.25, "max"
    for request in ("DynamoDB GetItem", "S3 GetObject", "SNS Publish", "S3 PutObjectTagging"):
        yield f"recognize and read {request}, beside verifying it", f"gateway/read {request}", f"gateway/verify {request}", 1, "max"
        yield f"map {request}, beside verifying it", f"gateway/map {request}", f"gateway/verify {request}", 1, "max"
    yield "gateway, small POST, CPU beside the proxy alone", "proxy/small POST", "proxy/small POST, proxy alone", 1.35, "max"
    yield "gateway, GET of 64 MiB, CPU beside the proxy alone", "proxy/GET of 64 MiB", "proxy/GET of 64 MiB, proxy alone", 1.11, "max"
    yield "gateway, PUT of 64 MiB in signed chunks, CPU beside its SHA-256", "proxy/PUT of 64 MiB in signed chunks", "proxy/SHA-256 of 64 MiB", 1.11, "max"
    yield ("same beside the proxy alone and its SHA-256", "proxy/PUT of 64 MiB in signed chunks",
           "proxy/PUT of 64 MiB and its SHA-256, proxy alone", 1.11, "max")
    yield "memory of a connection whose upload stands, MiB", "proxy/memory of a standing upload", None, 2, "limit"
    yield "request models of 50 services, MiB", "gateway/tables of 50 services", None, 32, "limit"
    yield "GetCallerIdentity, server CPU beside bare Beast", "http/GetCallerIdentity", "http/bare server", 1.3, "max"
    yield "same without events of reads (audit.events = write)", "http/GetCallerIdentity without its event", "http/bare server", 1.3, "max"
    yield "/access/v1/evaluation, server CPU beside bare Beast", "http/evaluation", "http/bare server, evaluation", 1.3, "max"
    yield ("a decision of /authorize, 100 at a time, beside in process", "questions/authorize, a decision of 100",
           "questions/decision in process, request from text", 4, "max")
    yield ("same in the compact form, beside JSON", "questions/authorize in compact form, a decision of 100",
           "questions/authorize, a decision of 100", 0.9, "max")
    yield ("its bytes, question and answer, beside JSON", "questions/authorize in compact form, bytes of a question and its answer",
           "questions/authorize, bytes of a question and its answer", 0.65, "max")
    yield "start on existing data beside moto", "start/writ", "start/moto", 10, "faster"
    yield "idle memory, MiB", "http/idle memory", None, 64, "limit"
    for database in ("SQLite", "PostgreSQL"):
        yield (f"CreateUser on disk, 16 threads beside 1, {database}", f"durable/CreateUser, 16 threads, {database}",
               f"durable/CreateUser, 1 thread, {database}", 3, "faster")
    yield ("CreateUser on disk, 16 threads, beside pgbench", "durable/CreateUser, 16 threads, PostgreSQL",
           "durable/pgbench, 16 connections, the same statements", 1 / 0.8, "max")
    for database in ("SQLite", "PostgreSQL"):
        for call in ("GetUser", "ListUsers page of 100"):
            yield (f"{call}, a million users beside 1,000, {database}, p99", f"users/{call}, 1,000,000 users, {database}, p99",
                   f"users/{call}, 1,000 users, {database}, p99", 2, "max")
    yield ("cold principal among a million, beside bare selects, p99", "cold principals/decision, p99",
           "cold principals/bare selects, p99", 3, "max")
    yield "100,000 hot principals, resident memory, MiB", "hot principals/resident memory with 100,000", None, 1536, "limit"
    for node in ("same node, SQLite", "same node, PostgreSQL"):
        yield f"answers by the old policy, {node}", f"enforcement/{node}, stale answers", None, 0, "limit"
    yield "change of a policy to its enforcement, other node, ms", "enforcement/other node, longest", None, 1000, "limit"
    yield "import of 30,000 entities beside bare inserts, CPU", "import/writ import, CPU", "import/bare transaction, CPU", 3, "max"
    yield "import of 30,000 entities beside bare inserts", "import/writ import", "import/bare transaction", 3, "max"
    yield "1,000 mixed calls of boto3, server CPU beside moto", "mixed/writ", "mixed/moto", 20, "faster"
    for name in ("131,072 characters", "200,000 brackets", "invalid UTF-8", "NUL bytes", "10,000 statements"):
        yield f"bad input, {name}, ms", f"bad input/{name}", None, 50, "limit"
