"""Whatever is asked, the API answers as its description says: schemathesis makes the requests up."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from workers.console.app import make_app
from workers.ledger import Ledger
from workers.settings import load

pytestmark = pytest.mark.slow

EXAMPLES = 25


@pytest.fixture(scope="module")
def description(tmp_path_factory: pytest.TempPathFactory, desk_folder: Path) -> Iterator[schemathesis.BaseSchema]:
    folder = tmp_path_factory.mktemp("schema") / "state"
    shutil.copytree(desk_folder, folder)
    ledger = Ledger.open(f"sqlite:///{folder / 'ledger.db'}")
    # `testserver` is what schemathesis calls every app.
    knobs = load(state_dir=folder, redis_url=f"unix://{folder / 'none.sock'}", console_hosts="testserver")
    yield schemathesis.openapi.from_asgi("/api/v1/openapi.json", make_app(knobs, ledger=ledger))
    ledger.close()


def test_every_operation_may_refuse_what_it_cannot_understand(description: schemathesis.BaseSchema) -> None:
    """400 and not the framework's 422; the made-up requests below meet a case of it only now and then."""
    for found in description.get_all_operations():
        operation = found.ok()
        assert "400" in operation.definition.raw["responses"], operation.label


def test_the_api_answers_as_described(description: schemathesis.BaseSchema) -> None:
    asked = set()
    # The event stream has no end; tests/console/test_wire.py listens to it.
    for found in description.exclude(path="/api/v1/events").get_all_operations():
        operation = found.ok()

        @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def ask(case: schemathesis.Case) -> None:
            # Not every text is a time or an address, and no pattern can say which.
            case.call_and_validate(excluded_checks=[positive_data_acceptance])

        ask()
        asked.add(operation.label)
    assert len(asked) == 15, asked
