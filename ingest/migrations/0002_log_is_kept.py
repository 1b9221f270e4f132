"""A log whose lines the database itself refuses to change or remove."""

from django.db import migrations

KEEP_THE_LOG = """
CREATE FUNCTION ingest_logentry_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- A programme that is deleted lets go of its lines; their words stay.
    IF TG_OP = 'UPDATE' AND OLD.programme_id IS NOT NULL AND NEW.programme_id IS NULL
       AND (to_jsonb(NEW) - 'programme_id') = (to_jsonb(OLD) - 'programme_id') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the log is never changed' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER ingest_logentry_is_kept BEFORE UPDATE OR DELETE ON ingest_logentry
    FOR EACH ROW EXECUTE FUNCTION ingest_logentry_is_kept();
"""
LET_GO = """
DROP TRIGGER ingest_logentry_is_kept ON ingest_logentry;
DROP FUNCTION ingest_logentry_is_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("ingest", "0001_initial")]

    operations = [migrations.RunSQL(KEEP_THE_LOG, LET_GO)]
