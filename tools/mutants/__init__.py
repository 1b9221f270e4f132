"""Mutation tests: faults put into the product one at a time, to see whether a test notices.

The operators are mutmut's, with a few of our own. The runner is ours, because none that we know changes what stands outside
functions (the table of rights, the transitions) and keeps Django and its test database between two mutants.
"""
