"""Quotations made of the archive's own pledges, whose verdicts are known beforehand: to measure `programmes.quotes`."""
