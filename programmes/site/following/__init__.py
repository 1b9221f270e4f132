"""Following: what can be followed, in a feed or by mail, and the mails."""
