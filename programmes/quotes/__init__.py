"""Checking quotations: which words of an article stand in a programme, in whose, and how they differ.

`check_article()` is the only door. finding says where an article quotes, attribution whom it names, passages asks the
search's index, verbatim, nearness and paraphrase compare, judging decides, verdicts is what is said.
"""

from programmes.quotes.checking import MOST_QUOTATIONS, MOST_SIGNS, check_article, main_one, warm_up
from programmes.quotes.quotation import Form
from programmes.quotes.verdicts import Checked, Difference, Note, Verdict

__all__ = [
    "MOST_QUOTATIONS",
    "MOST_SIGNS",
    "Checked",
    "Difference",
    "Form",
    "Note",
    "Verdict",
    "check_article",
    "main_one",
    "warm_up",
]
