"""Telling the service manager that started the program how far it is: a datagram to a socket (sd_notify(3))."""

from __future__ import annotations

import os
import socket


def notify(state: str) -> None:
    """`READY=1` or `STOPPING=1`. Nothing where nobody asked to be told, or does not listen any more."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as told:
        try:
            told.connect("\0" + address[1:] if address.startswith("@") else address)
            told.sendall(state.encode())
        except OSError:
            return
