"""The signs that list entries begin with, for readers and stages alike."""

from __future__ import annotations

BULLETS = "•●○◦◉⚫∎⬤⦁▪▫■□◼◾▬‣⁃∙·➢➤➔➜➝➞→⇒⟶▷►▶▸◆◇❖♦★☆✓✔✗✘☑☐❏❑❒✦✱✅👉🔹🔸◽"
"""Signs that begin an entry wherever they begin a line."""
PRIVATE = "\uf020-\uf0ff"
"""What symbol fonts (Wingdings, Symbol) leave of their signs, as a range of a character class."""
