"""
Run as a program: exit 0 if the web process of this container answers.

It asks under the portal's own name, because Django answers to no other.
"""

import os
import sys
from http.client import HTTPConnection, HTTPException


def lamp(host, port=8000):
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz", headers={"Host": host})
        return connection.getresponse().status
    except (OSError, HTTPException):
        return None
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(lamp(os.environ["ALLOWED_HOSTS"].split(",")[0]) != 200)
