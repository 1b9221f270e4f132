"""What belongs to the page and not to the text: one module for each question, for lines with boxes and without.

`lines.py` asks them of the lines of every document; `pages.py` asks them of the words of a typeset page before
they have become lines, and of what only whole pages show.
"""
