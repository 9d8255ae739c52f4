"""Whatever is asked, the API answers as its description says: schemathesis makes the requests up."""

from __future__ import annotations

from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, settings

from workers.console.app import make_app
from workers.ledger import Ledger
from workers.settings import load

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def description(tmp_path_factory: pytest.TempPathFactory, desk_folder: Path) -> object:
    import shutil

    folder = tmp_path_factory.mktemp("schema") / "state"
    shutil.copytree(desk_folder, folder)
    ledger = Ledger.open(f"sqlite:///{folder / 'ledger.db'}")
    # `testserver` is what schemathesis calls every app.
    knobs = load(state_dir=folder, redis_url=f"unix://{folder / 'none.sock'}", console_hosts="testserver")
    found = schemathesis.openapi.from_asgi("/api/v1/openapi.json", make_app(knobs, ledger=ledger))
    # The event stream has no end; tests/console/test_wire.py listens to it.
    return found.exclude(path="/api/v1/events")


schema = schemathesis.pytest.from_fixture("description")


@schema.parametrize()
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_api_answers_as_described(case: schemathesis.Case) -> None:
    case.call_and_validate()
