"""Fitting the weights by which pledges are judged alike, from pairs and lists that people have judged."""
