"""
The input files: one canonical, compressed document per tally, named by its hash.

Files are private, never changed and never deleted: what was computed can be computed
again. One that a killed worker left unfinished is written anew.
"""

import gzip
import hashlib
import json
import zlib

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from leaderboards.rules import canonical


def store(inputs):
    """Keep ``inputs`` and return their sha256; keeping them again changes nothing."""
    data = canonical.dump(inputs)
    digest = hashlib.sha256(data).hexdigest()
    name = path_of(digest)
    if default_storage.exists(name) and unpacked(name) != data:
        default_storage.delete(name)
    if not default_storage.exists(name):
        packed = ContentFile(gzip.compress(data, compresslevel=6, mtime=0))
        saved = default_storage.save(name, packed)
        if saved != name:
            default_storage.delete(saved)
    return digest


def load(digest):
    """
    The document whose sha256 is ``digest``.

    Raise ``ValueError`` if the file holds anything else: it was altered.
    """
    data = unpacked(path_of(digest))
    if data is None or hashlib.sha256(data).hexdigest() != digest:
        raise ValueError(f"the input file {digest} was altered")
    return json.loads(data)


def unpacked(name):
    """The bytes that a file was packed from; None if it is broken or cut off."""
    with default_storage.open(name) as file:
        packed = file.read()
    try:
        return gzip.decompress(packed) or None
    except (EOFError, zlib.error, gzip.BadGzipFile):
        return None


def path_of(digest):
    return f"tallies/{digest}.json.gz"
