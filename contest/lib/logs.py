"""Log lines as JSON, one a line, readable in Vietnamese."""

import json
import logging
from datetime import UTC, datetime


class JsonFormatter(logging.Formatter):
    """
    Keys: ``at`` (ISO 8601, UTC), ``level``, ``logger``, ``message``, ``error``.

    Whatever else a library hangs on a record (the request, for one) is left out: it
    may name a person.
    """

    def format(self, record):
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
