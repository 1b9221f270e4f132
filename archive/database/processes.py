"""Have a child process end with its parent, however the parent ends."""

from __future__ import annotations

import ctypes
import sys

_PR_SET_PDEATHSIG = 1  # <linux/prctl.h>


def end_with_parent(signal_number: int) -> None:
    """Have the kernel send this process a signal when its parent dies, even by SIGKILL; on Linux only.

    To be called in the child before it runs its program: `subprocess.Popen(preexec_fn=…)`.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal_number)
