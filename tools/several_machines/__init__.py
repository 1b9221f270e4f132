"""The archive on several machines, played on one: every part a process of its own on loopback, to be killed at will."""
