"""Mutation tests: faults put into the product one at a time, to see whether a test notices.

The operators are mutmut's, with a few of our own. The runner is ours: mutmut's changes nothing that stands outside
functions (the table of rights, the transitions) or is decorated; cosmic-ray starts Django and its database for each.
"""
