"""
What the environment says, judged once.

``MODE`` is ``demo``, ``production`` or ``test``. Without it, ``DATABASE_URL`` means
production and everything else the demo, whose files lie in ``DATA`` (``var/demo``).
"""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parent.parent.parent
MODES = ("demo", "production", "test")
MARKER = ".contest-demo"
TRUE = ("1", "true", "yes", "on")
FALSE = ("", "0", "false", "no", "off")


def text(name, default=""):
    return os.environ.get(name, default).strip()


def flag(name, *, default=False):
    """Return a variable as a boolean; anything but a plain yes or no is refused."""
    value = text(name).lower()
    if value in TRUE:
        return True
    if value in FALSE:
        return default if value == "" else False
    raise ImproperlyConfigured(f"{name}={value}: write 1 or 0.")


def number(name, default):
    value = text(name)
    try:
        return int(value) if value else default
    except ValueError:
        raise ImproperlyConfigured(f"{name}={value}: write a whole number.") from None


def words(name):
    """Return a variable as a list; words are parted by commas."""
    return [word.strip() for word in text(name).split(",") if word.strip()]


def chosen_mode():
    mode = text("MODE") or ("production" if text("DATABASE_URL") else "demo")
    if mode not in MODES:
        raise ImproperlyConfigured(f"MODE={mode}: write one of {', '.join(MODES)}.")
    if text("DATA") and text("DATABASE_URL"):
        raise ImproperlyConfigured(
            "DATA and DATABASE_URL are both set: DATA is the demo's folder, "
            "DATABASE_URL production's database. Unset one of them."
        )
    if mode == "production" and not text("DATABASE_URL"):
        raise ImproperlyConfigured(
            "MODE=production needs DATABASE_URL=postgres://USER:PASSWORD@HOST/NAME."
        )
    if mode == "demo" and text("DATABASE_URL"):
        raise ImproperlyConfigured(
            "MODE=demo runs on its own database in DATA: unset DATABASE_URL."
        )
    return mode


def opened_data_dir():
    """
    Return the demo's folder, made with mode 0700 and a marker when it is new.

    A folder with other things in it is refused: the marker is what allows the demo to
    empty the folder later.
    """
    folder = Path(text("DATA") or "var/demo")
    folder = folder if folder.is_absolute() else ROOT / folder
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not (folder / MARKER).exists():
        if any(folder.iterdir()):
            raise ImproperlyConfigured(
                f"DATA={folder} holds other files: name a new or an empty folder."
            )
        (folder / MARKER).touch(mode=0o600)
    return folder


def secret(name, filename):
    """
    Return a secret: of the environment in production, kept in DATA by the demo.

    Tests use a fixed one, so that a failure repeats.
    """
    value = text(name)
    if MODE == "production":
        if not value:
            raise ImproperlyConfigured(f"MODE=production needs {name}.")
        return value
    return value or (
        kept(DATA / "keys" / filename) if MODE == "demo" else f"test {name} " * 4
    )


def kept(path):
    """Return the file's secret, written on first use; two beginners agree on one."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    if not path.exists():
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass  # Another process was first: its secret counts.
        finally:
            draft.unlink()
    return path.read_text()


MODE = chosen_mode()
DEMO = MODE == "demo"
PRODUCTION = MODE == "production"
DATA = opened_data_dir() if DEMO else None
