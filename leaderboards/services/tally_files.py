"""
The input files: one canonical, compressed document per tally, named by its hash.

Files are private, never changed and never deleted: what was computed can be computed
again.
"""

import gzip
import hashlib
import json

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from leaderboards.rules import canonical


def store(inputs):
    """Keep ``inputs`` and return their sha256; keeping them again changes nothing."""
    data = canonical.dump(inputs)
    digest = hashlib.sha256(data).hexdigest()
    name = path_of(digest)
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
    with default_storage.open(path_of(digest)) as file:
        data = gzip.decompress(file.read())
    if hashlib.sha256(data).hexdigest() != digest:
        raise ValueError(f"the input file {digest} was altered")
    return json.loads(data)


def path_of(digest):
    return f"tallies/{digest}.json.gz"
