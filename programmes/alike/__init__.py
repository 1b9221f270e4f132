"""Pledges that are alike: the same promise in other words, a narrower or broader one, or its opposite.

- statements, words, amounts: a pledge as it is compared, its words of content, its numbers with their units
- operators, stances: words that are for and against; which way a sentence takes what it names
- weights: how much a word says; candidates: which pledges may be alike, an inverted index of one leaf a programme
- likeness, features, judging: two pledges word by word, the numbers of that, and what follows from them
- editions: what became of a pledge in another edition
- upkeep: kept right in the background; kept: read by pages

None but upkeep and kept know the database. `docs/alike.md` has the method, its figures and what it can't do.
"""
