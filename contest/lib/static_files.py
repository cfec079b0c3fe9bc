"""Static files named by their content, the imports of modules included."""

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStorage(ManifestStaticFilesStorage):
    """For the demo, which starts in seconds."""

    support_js_module_import_aggregation = True


class CompressedStorage(CompressedManifestStaticFilesStorage):
    """For production: compressed once, when the image is built."""

    support_js_module_import_aggregation = True
