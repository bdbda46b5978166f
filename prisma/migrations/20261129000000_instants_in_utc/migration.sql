-- Up to release 0.1 instants were written in UTC without saying so, and PostgreSQL took them for the time zone of the
-- database. Where that is not UTC they are off by its offset. Connections ask for UTC from now on, so what is stored has to
-- say what was meant. Where the database is in UTC this changes nothing; nor where it was filled from a dump of one that was:
-- the first event of the audit log follows the first migration, whose instants PostgreSQL itself wrote.
DO $$
DECLARE
  zone text := current_setting('TimeZone');
  first_event timestamptz := (SELECT min("at") FROM "audit_events");
  migrated timestamptz;
  one record;
BEGIN
  IF (timestamp '2026-01-01 12:00' AT TIME ZONE zone) = timestamptz '2026-01-01 12:00+00'
    AND (timestamp '2026-07-01 12:00' AT TIME ZONE zone) = timestamptz '2026-07-01 12:00+00'
  THEN
    RETURN;
  END IF;
  IF first_event IS NULL THEN
    RETURN;
  END IF;
  SELECT min(started_at) INTO migrated FROM "_prisma_migrations";
  IF abs(extract(epoch FROM ((first_event AT TIME ZONE zone) AT TIME ZONE 'UTC') - migrated))
    >= abs(extract(epoch FROM first_event - migrated))
  THEN
    RETURN;
  END IF;
  FOR one IN
    SELECT table_name AS name,
      string_agg(format('%1$I = (%1$I AT TIME ZONE %2$L) AT TIME ZONE ''UTC''', column_name, zone), ', ') AS corrections
    FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
    WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'
      AND data_type = 'timestamp with time zone' AND table_name <> '_prisma_migrations'
    GROUP BY table_name
  LOOP
    -- The audit log refuses every change, and a corrected role is no new policy.
    EXECUTE format('ALTER TABLE %I DISABLE TRIGGER USER', one.name);
    EXECUTE format('UPDATE %I SET %s', one.name, one.corrections);
    EXECUTE format('ALTER TABLE %I ENABLE TRIGGER USER', one.name);
  END LOOP;
END $$;
