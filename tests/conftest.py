"""What holds for every test: randomness that repeats, and no silent skip in CI."""

import os

import pytest
from hypothesis import settings

# A machine under load is slow, not wrong; a failure must repeat.
settings.register_profile("project", deadline=None, derandomize=True)
settings.load_profile("project")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Browsers come last: their driver leaves an event loop running in the thread."""
    items.sort(key=lambda item: "browser" in getattr(item, "fixturenames", ()))


def pytest_sessionfinish(session):
    """With ``REQUIRE_EVERYTHING`` set a skipped test fails the run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = len(reporter.stats.get("skipped", ()))
    if skipped and os.environ.get("REQUIRE_EVERYTHING"):
        reporter.write_line(
            f"\n{skipped} skipped: with REQUIRE_EVERYTHING none may be."
        )
        session.exitstatus = 1
