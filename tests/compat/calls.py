"""Remembers which operations the clients of a run called, and holds every successful answer against its model."""
import pathlib
import re

import shapes

PAGE = pathlib.Path(__file__).resolve().parent.parent.parent / "docs/api-operations.md"


class Calls:
    """Sets of (service, operation), and the error codes of the refused ones."""

    def __init__(self):
        self.answered = set()
        self.refused = set()
        self.faults = []

    def watch(self, client):
        client.meta.events.register("before-parse", self.keep)

    def keep(self, operation_model, response_dict, **_):
        """Called with what came in over the wire before botocore makes Python of it."""
        call = (operation_model.service_model.endpoint_prefix, operation_model.name)
        if response_dict["status_code"] >= 300:
            self.refused.add(call)
            return
        self.answered.add(call)
        faults = shapes.faults_of(operation_model, response_dict["body"])
        self.faults += faults
        assert not faults, faults


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
