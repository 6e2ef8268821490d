"""The AWS managed policies in their default versions, documents as tokens over the names of the actions."""

import collections
import hashlib
import json
import os

from packing import Strings, leb128, read, write

def build(package, facts):
    """Rows [arn, name, version, created, updated, document], by ARN."""
    with open(os.path.join(package, "dist", "managedPolicies.json")) as file:
        policies = json.load(file)
    rows = []
    for name, policy in policies.items():
        version = policy["latestVersionId"]
        document = policy["versions"][version]["document"]
        # The date beside a version is often that of the policy; the date of the last update is right.
        rows.append([policy["arn"], name, version, date(policy["createdDate"]), date(policy["lastUpdatedDate"]), document])
    with open(os.path.join(facts, "organizations_policies.json")) as file:
        rows += json.load(file)["policies"]
    return sorted(rows)


def date(text):
    return text.replace(".000Z", "Z")


def canonical(document):
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digests(rows):
    """The committed check that the program prints what was published."""
    for arn, _, version, _, _, document in rows:
        yield f"{hashlib.sha256(canonical(document).encode()).hexdigest()}  {arn} {version}"


# A value is a number whose two low bits say what the rest is.
LITERAL, ACTION, OBJECT, OTHER = range(4)
SCALARS = [None, False, True]  # OTHER 0, 1, 2; 3 is a number, its lexeme follows; from 4 on an array of n - 4.


class Tokens:
    def __init__(self, action_index, strings):
        self.action_index, self.strings, self.shapes = action_index, strings, {}

    def of(self, value):
        if isinstance(value, str):
            if value in self.action_index:
                return [self.action_index[value] << 2 | ACTION]
            return [self.strings(value) << 2 | LITERAL]
        if isinstance(value, dict):
            shape = self.shapes.setdefault(tuple(value), len(self.shapes))
            return [shape << 2 | OBJECT] + [token for member in value.values() for token in self.of(member)]
        if isinstance(value, list):
            return [len(value) + 4 << 2 | OTHER] + [token for element in value for token in self.of(element)]
        if any(value is scalar for scalar in SCALARS):
            return [SCALARS.index(value) << 2 | OTHER]
        return [3 << 2 | OTHER, self.strings(json.dumps(value))]


def literals(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for member in value.values():
            yield from literals(member)
    elif isinstance(value, list):
        for element in value:
            yield from literals(element)


def pack(rows, action_names, path):
    action_index = {name: index for index, name in enumerate(action_names)}
    used = collections.Counter(text for row in rows for text in literals(row[5]) if text not in action_index)
    texts = Strings(sorted(used, key=lambda text: (-used[text], text)))  # What is frequent has a small number.
    tokens = Tokens(action_index, texts)
    names, listed, documents = Strings(), [len(rows)], []
    for arn, name, version, created, updated, document in rows:
        assert arn.endswith(name)
        folder = arn.removesuffix(name)
        body = leb128(tokens.of(document))
        listed += [names(folder), names(name), names(version), names(created), names(updated), len(body)]
        documents.append(body)
    shapes = [len(tokens.shapes)]
    for shape in tokens.shapes:
        shapes += [len(shape), *map(texts, shape)]
    write(path, [names.pack(), leb128(listed), texts.pack(), leb128(shapes) + b"".join(documents)])


def unpack(path, action_names):
    (names, listed), (texts, numbers) = read(path)
    take, token = listed.__next__, numbers.__next__
    shapes = [[texts[token()] for _ in range(token())] for _ in range(token())]

    def value():
        number = token()
        kind, rest = number & 3, number >> 2
        if kind == LITERAL:
            return texts[rest]
        if kind == ACTION:
            return action_names[rest]
        if kind == OBJECT:
            return {name: value() for name in shapes[rest]}
        if rest < 3:
            return SCALARS[rest]
        return json.loads(texts[token()]) if rest == 3 else [value() for _ in range(rest - 4)]

    rows = []
    for _ in range(take()):
        folder, name, version, created, updated = (names[take()] for _ in range(5))
        take()
        rows.append([folder + name, name, version, created, updated, value()])
    return rows


def listing(rows):
    for arn, _, version, created, updated, document in rows:
        yield f"managed policy {arn} {version} created {created} updated {updated}"
        for line in json.dumps(document, indent=1, ensure_ascii=False).splitlines():
            yield f"  {line}"
