"""Django's PostgreSQL backend, with a server of our own behind it where DATABASE_URL names none."""
