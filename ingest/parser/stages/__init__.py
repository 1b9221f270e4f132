"""The stages of the parser, one a file: pure functions over the values of `document`, strung together in `parse`."""
