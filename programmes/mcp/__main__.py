"""The tools of an archive elsewhere, with no installation here: `python -m programmes.mcp --archive https://…`."""

from __future__ import annotations

import argparse

from programmes.mcp.archive import Archive
from programmes.mcp.server import server_for


def main() -> None:
    """Answer over stdio until the client goes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--archive", required=True, help="address of the archive, https://…")
    server_for(Archive(parser.parse_args().archive)).run()


if __name__ == "__main__":
    main()
