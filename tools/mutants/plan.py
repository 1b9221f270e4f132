"""What the command asks of the session in the copy, handed over in a file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from tools.mutants.making import Mutant, mutant_told

PLAN = "MUTANTS_PLAN"
"""The variable that names the file."""


@dataclass(frozen=True)
class Plan:
    """What a session is to do, and where it keeps what comes of it."""

    mutants: list[Mutant]
    verdicts: Path
    coverage: Path
    tests: str
    """A sum of all tests."""
    product: str
    """A sum of the product and of what the tests share."""
    warm_up: str
    """The file with the tests that are no tests."""

    def write(self, file: Path) -> None:
        """Write the plan."""
        told = vars(self) | {"verdicts": str(self.verdicts), "coverage": str(self.coverage)}
        file.write_text(json.dumps(told | {"mutants": [mutant.told() for mutant in self.mutants]}))

    @classmethod
    def read(cls, file: Path, *, root: Path) -> Plan:
        """Return the plan that a file holds, for a checkout."""
        told = json.loads(file.read_text())
        mutants = [mutant_told(root, each) for each in told.pop("mutants")]
        return cls(mutants, Path(told.pop("verdicts")), Path(told.pop("coverage")), **told)
