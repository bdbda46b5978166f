-- Up to release 0.1 instants were written in UTC without saying so, and PostgreSQL took them for the time zone of the
-- database. Where that is not UTC they are off by its offset. Connections ask for UTC from now on, so what is stored has to
-- say what was meant. Where the database is in UTC this changes nothing.
--
-- Which time zone instants were stored in can be seen: the catalogue was loaded within minutes of the first migration, whose
-- instants PostgreSQL itself wrote. Where that says nothing, because the offset was nought then or the two are far apart, the
-- operator has to say.
DO $$
DECLARE
  zone text := nullif(current_setting('bailiwick.stored_time_zone', true), '');
  loaded timestamptz := (SELECT min("at") FROM "audit_events" WHERE "action" = 'load catalogue');
  migrated timestamptz;
  as_stored boolean;
  as_corrected boolean;
  trigger_state "char";
  one record;
BEGIN
  IF NOT EXISTS (SELECT FROM "audit_events") THEN
    RETURN;
  END IF;
  IF zone IS NULL THEN
    zone := current_setting('TimeZone');
    IF (timestamp '2026-01-01 12:00' AT TIME ZONE zone) = timestamptz '2026-01-01 12:00+00'
      AND (timestamp '2026-07-01 12:00' AT TIME ZONE zone) = timestamptz '2026-07-01 12:00+00'
    THEN
      RETURN;
    END IF;
    SELECT min(started_at) INTO migrated FROM "_prisma_migrations";
    as_stored := coalesce(loaded - migrated BETWEEN interval '-1 minute' AND interval '14 minutes', false);
    as_corrected := coalesce(
      ((loaded AT TIME ZONE zone) AT TIME ZONE 'UTC') - migrated
        BETWEEN interval '-1 minute' AND interval '14 minutes', false);
    IF as_stored AND NOT as_corrected THEN
      RETURN;
    END IF;
    IF as_stored = as_corrected THEN
      RAISE EXCEPTION 'the time zone of this database is %, and it cannot be seen in which one release 0.1 stored its instants. If 0.1 ran on this database, run ALTER DATABASE % SET bailiwick.stored_time_zone = %; if it was restored from a dump of the embedded PostgreSQL, set it to ''UTC''. Then start again',
        zone, quote_ident(current_database()), quote_literal(zone);
    END IF;
  END IF;
  SELECT tgenabled INTO trigger_state FROM pg_trigger
    WHERE tgrelid = '"audit_events"'::regclass AND tgname = 'audit_events_append_only';
  ALTER TABLE "audit_events" DISABLE TRIGGER "audit_events_append_only";
  FOR one IN
    SELECT table_name AS name,
      string_agg(format('%1$I = (%1$I AT TIME ZONE %2$L) AT TIME ZONE ''UTC''', column_name, zone), ', ') AS corrections
    FROM information_schema.columns
    WHERE table_schema = current_schema() AND data_type = 'timestamp with time zone' AND table_name IN (
      'users', 'sessions', 'policy', 'roles', 'assignments', 'organizations', 'teams', 'organization_members',
      'team_members', 'managed_values', 'value_groups', 'access_requests', 'one_time_tokens', 'former_passwords', 'totps',
      'recovery_codes', 'passkeys', 'trusted_devices', 'settings', 'audit_events', 'rate_limits', 'identity_providers',
      'identities', 'seen_ids', 'scim_tokens', 'scim_users', 'scim_groups')
    GROUP BY table_name
  LOOP
    EXECUTE format('UPDATE %I SET %s', one.name, one.corrections);
  END LOOP;
  IF trigger_state = 'A' THEN
    ALTER TABLE "audit_events" ENABLE ALWAYS TRIGGER "audit_events_append_only";
  ELSE
    ALTER TABLE "audit_events" ENABLE TRIGGER "audit_events_append_only";
  END IF;
END $$;
