"""A client made from the OpenAPI description that a server publishes: a method for each operation, which checks what it
sends and what it gets against the schemas."""
import json
import re
import types
import urllib.parse

import cbor2


class Refused(Exception):
    """An answer of another status than 200."""

    def __init__(self, status, answer):
        super().__init__(f"{status}: {answer}")
        self.status, self.answer = status, answer


TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}


def is_of_type(value, name):
    if name in ("integer", "number"):
        numbers = int if name == "integer" else (int, float)
        return isinstance(value, numbers) and not isinstance(value, bool)
    return isinstance(value, TYPES[name])


class Schemas:
    """As much of JSON Schema as the description uses. A word that it does not know is an error."""

    WORDS = {"$ref", "oneOf", "type", "properties", "required", "additionalProperties", "items", "enum", "maxItems",
             "minimum", "maximum", "pattern", "format", "description", "default"}

    def __init__(self, description):
        self.named = description["components"]["schemas"]

    def errors(self, value, schema, where="$"):
        assert set(schema) <= self.WORDS, set(schema) - self.WORDS
        if "$ref" in schema:
            return self.errors(value, self.named[schema["$ref"].rpartition("/")[2]], where)
        if "oneOf" in schema:
            fitting = [each for each in schema["oneOf"] if not self.errors(value, each, where)]
            return [] if len(fitting) == 1 else [f"{where}: fits {len(fitting)} of {len(schema['oneOf'])} schemas"]
        if "type" in schema and not is_of_type(value, schema["type"]):
            return [f"{where}: {value!r} is no {schema['type']}"]
        return [*self.errors_of_object(value, schema, where), *self.errors_of_array(value, schema, where),
                *self.errors_of_scalar(value, schema, where)]

    def errors_of_object(self, value, schema, where):
        if schema.get("type") != "object":
            return []
        found = [f"{where}: {name} is missing" for name in schema.get("required", []) if name not in value]
        for name, member in value.items():
            known = schema.get("properties", {}).get(name, schema.get("additionalProperties", True))
            if known is False:
                found.append(f"{where}: there is no {name}")
            elif known is not True:
                found += self.errors(member, known, f"{where}.{name}")
        return found

    def errors_of_array(self, value, schema, where):
        if schema.get("type") != "array":
            return []
        found = [f"{where}: too long"] if len(value) > schema.get("maxItems", len(value)) else []
        for index, item in enumerate(value):
            found += self.errors(item, schema["items"], f"{where}[{index}]")
        return found

    @staticmethod
    def errors_of_scalar(value, schema, where):
        wrong = [
            "enum" in schema and value not in schema["enum"],
            "pattern" in schema and not re.search(schema["pattern"], value),
            "minimum" in schema and value < schema["minimum"],
            "maximum" in schema and value > schema["maximum"],
        ]
        return [f"{where}: {value!r} does not fit"] if any(wrong) else []


class JsonForm:
    media_type = "application/json"

    @staticmethod
    def print(value):
        return json.dumps(value).encode()

    @staticmethod
    def read(answer):
        return answer  # Whoever sends has read it.


class CompactForm:
    """CBOR with the numbers of the description in place of names."""

    media_type = "application/cbor"

    def __init__(self, description):
        components = description["components"]
        self.numbers = components["x-member-numbers"]
        self.names = {number: name for name, number in self.numbers.items()}
        self.decisions = {number: name for name, number in components["x-decision-numbers"].items()}

    def numbered(self, value):
        if isinstance(value, list):
            return [self.numbered(each) for each in value]
        if not isinstance(value, dict):
            return value
        return {self.numbers[name]: member if name == "context" else self.numbered(member)
                for name, member in value.items()}

    def print(self, value):
        return cbor2.dumps({self.numbers["version"]: 1, **self.numbered(value)})

    def named(self, value):
        if isinstance(value, list):
            return [self.named(each) for each in value]
        if not isinstance(value, dict):
            return value
        members = {self.names[number]: self.named(member) for number, member in value.items()}
        if "decision" in members:
            members["decision"] = self.decisions[members["decision"]]
        if "explanation" in members:
            members["explanation"] = json.loads(members["explanation"])
        return members

    def read(self, answer):
        return self.named(cbor2.loads(answer)) if isinstance(answer, bytes) else answer


class Client:
    """`send(method, path, body, headers)` gives (status, headers, answer). `compact`: in the compact form where an
    operation knows it. `strict`: refuse to send what the description forbids."""

    def __init__(self, description, send, compact=False):
        self.description, self.send = description, send
        self.forms = ([CompactForm(description)] if compact else []) + [JsonForm()]
        self.schemas = Schemas(description)
        self.operations = []
        for path, methods in description["paths"].items():
            for method, operation in methods.items():
                self.operations.append(operation["operationId"])
                call = self.make(path, method.upper(), operation)
                setattr(self, operation["operationId"], types.MethodType(call, self))

    @staticmethod
    def make(path, method, operation):
        parameters = operation.get("parameters", [])
        required = [each for each in parameters if each["required"]]
        content = operation.get("requestBody", {}).get("content", {})

        def call(self, *arguments, body=None, strict=True):
            assert len(required) <= len(arguments) <= len(parameters), parameters
            filled, query = path, {}
            for parameter, value in zip(parameters, arguments):
                if parameter["in"] == "query":
                    query[parameter["name"]] = value
                filled = filled.replace("{" + parameter["name"] + "}", value)
            filled += "?" + urllib.parse.urlencode(query, quote_via=urllib.parse.quote) if query else ""
            form = next((each for each in self.forms if each.media_type in content), self.forms[-1])
            if body is not None and strict:
                schema = content[form.media_type]["schema"]
                assert not self.schemas.errors(body, schema), self.schemas.errors(body, schema)
            sent = None if body is None else form.print(body)
            status, headers, answer = self.send(method, filled, sent, {"Content-Type": form.media_type})
            answer = form.read(answer)
            self.check(operation, status, headers, answer)
            if status != 200:
                raise Refused(status, answer)
            return answer

        call.__name__ = operation["operationId"]
        call.__doc__ = operation["summary"]
        return call

    def check(self, operation, status, headers, answer):
        described = operation["responses"].get(str(status))
        assert described, f"{operation['operationId']} must not answer {status}"
        kind = (headers.get("Content-Type") or "").partition(";")[0]
        assert kind in described["content"], f"{operation['operationId']} must not answer {kind}"
        found = self.schemas.errors(answer, described["content"][kind]["schema"])
        assert not found, (operation["operationId"], found)
