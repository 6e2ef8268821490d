"""Looks back at a run of all tests here: each operation that Writ has was called and answered in the shape of its model."""
import pytest
from calls import operations_on_the_page
from conftest import Server

pytestmark = pytest.mark.whole_run

# There is nothing here that they could answer with, so that each call ends in an error.
NEVER_ANSWERED = {
    ("iam", "GetMFADevice"),  # Knows security keys only, and MFA devices are virtual here (spec B16).
    ("organizations", "DescribeEffectivePolicy"),  # Of management policies, which are not here.
    ("organizations", "ListAccountsWithInvalidEffectivePolicy"),
    ("organizations", "ListEffectivePolicyValidationErrors"),
}


def test_every_operation_was_answered():
    working, _ = operations_on_the_page()
    assert len(working) > 200
    assert sorted(working - NEVER_ANSWERED - Server.calls.answered) == []


def test_every_refused_operation_was_refused():
    _, refused = operations_on_the_page()
    refused |= NEVER_ANSWERED
    assert sorted(refused - Server.calls.refused) == []
    assert sorted(refused & Server.calls.answered) == []


def test_every_answer_had_the_shape_of_its_model():
    assert Server.calls.faults == []
