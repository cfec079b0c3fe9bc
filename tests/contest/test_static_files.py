import re
import shutil

import pytest
from django.conf import settings

from contest.lib.static_files import CompressedStorage, HashedStorage

IMPORTED = re.compile(r'from "\./([\w.-]+)"')


@pytest.mark.parametrize("kind", [HashedStorage, CompressedStorage])
def test_a_module_imports_the_modules_it_was_written_with(tmp_path, kind):
    """Or a browser would join a new page to old modules from its cache."""
    shutil.copytree(settings.BASE_DIR / "static" / "js", tmp_path / "js")
    storage = kind(location=tmp_path)
    paths = {
        f"js/{path.name}": (storage, f"js/{path.name}") for path in modules(tmp_path)
    }

    list(storage.post_process(paths))

    written = [tmp_path / storage.stored_name(path) for path in paths]
    imported = {name for path in written for name in IMPORTED.findall(path.read_text())}
    assert imported <= {path.name for path in written}
    assert len(imported) >= 6


def modules(folder):
    return sorted((folder / "js").glob("*.js"))
