"""Measuring search on made-up archives of any size: `manage.py bench_search`."""
