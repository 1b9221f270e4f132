"""Measuring the parser beside other readers of PDF: `manage.py bench_parse`."""
