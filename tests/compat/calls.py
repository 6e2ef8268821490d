"""Remembers which operations the clients of a run called, and holds every answer against the model of its operation."""
import pathlib
import re

import shapes

PAGE = pathlib.Path(__file__).resolve().parent.parent.parent / "docs/api-operations.md"

# What operations of these services answer beside the errors of their models (Common Errors in their API references).
COMMON_ERRORS = {
    "AccessDenied", "AccessDeniedException", "ExpiredToken", "IncompleteSignature", "InternalFailure", "InvalidAction",
    "InvalidClientTokenId", "MalformedQueryString", "MissingAuthenticationToken", "NotImplemented", "RequestExpired",
    "ServiceUnavailable", "SignatureDoesNotMatch", "Throttling", "UnrecognizedClientException", "ValidationError",
}


class Calls:
    """The operations that were answered and refused, as (service, operation), and what was wrong with the answers."""

    def __init__(self):
        self.answered = set()
        self.refused = set()
        self.faults = []

    def watch(self, client):
        client.meta.events.register("before-parse", self.keep_answer)
        client.meta.events.register("after-call", self.keep_error)

    def keep_answer(self, operation_model, response_dict, **_):
        """Sees what came in over the wire before botocore makes Python of it."""
        if response_dict["status_code"] < 300:
            self.answered.add(named(operation_model))
            self.complain(shapes.faults_of(operation_model, response_dict["body"]))

    def keep_error(self, model, parsed, **_):
        if parsed["ResponseMetadata"]["HTTPStatusCode"] < 300:
            return
        self.refused.add(named(model))
        code = parsed["Error"]["Code"]
        modeled = {shape.metadata.get("error", {}).get("code", shape.name) for shape in model.error_shapes}
        if code not in modeled | COMMON_ERRORS:
            self.complain([f"{model.name} has no error {code}"])

    def complain(self, faults):
        self.faults += faults
        assert not faults, faults


def named(operation_model):
    return operation_model.service_model.endpoint_prefix, operation_model.name


def operations_on_the_page():
    """What docs/api-operations.md says: the operations that work, and those that are refused, as in Calls."""
    working, refused = set(), set()
    service, rows = None, working
    for line in PAGE.read_text().splitlines():
        if found := re.match(r"`([a-z-]+)`, API version", line):
            service, rows = found[1], working
        elif line.startswith("Refused"):
            rows = refused
        elif found := re.match(r"\| `(\w+)` \|", line):
            rows.add((service, found[1]))
    return working, refused
