"""A session of an administrator at the desk, made by a command on the machines."""

from __future__ import annotations

from tools.kill.harness import Harness
from tools.several_machines.machines import Machines

SCRIPT = "from tools.several_machines.desk import told; print(told())"


def told() -> str:
    """Make the session; return its cookies and the token of its forms, a line each."""
    harness = Harness()
    harness.log.close()
    return f"{harness.cookies}\n{harness.csrf}"


def logged_in(machines: Machines) -> tuple[str, str]:
    """Return the cookies and the token of a session on the machines."""
    cookies, token = machines.manage("shell", "--no-imports", "-c", SCRIPT).split("\n")[:2]
    return cookies, token
