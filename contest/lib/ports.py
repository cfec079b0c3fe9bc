"""Ports of this host: which are free, and whether a portal answers on one."""

import socket
from http.client import HTTPConnection, HTTPException

HOST = "127.0.0.1"


def fault_of(port):
    """Return None if a server may listen on the port, else what is in the way."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
            probe.listen(1)
        except PermissionError:
            return "is not allowed for this user"
        except OSError:
            return "is in use"
    return None


def answers(port):
    """Return whether ``/healthz`` on the port answers 200."""
    connection = HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
