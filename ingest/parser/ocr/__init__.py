"""Repair of Norwegian that was recognised without æ, ø and å, behind a gate that leaves all other text alone."""

from ingest.parser.ocr.decoder import Repair, repair, repair_damaged, repairs, repairs_of_damaged
from ingest.parser.ocr.gate import damaged_lines
