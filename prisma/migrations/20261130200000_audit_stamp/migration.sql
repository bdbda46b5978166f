-- When an event was written, and by which transaction, is the database's word and not the writer's (decision 032).

-- In place of the trigger that filled in `hash` where the writer had left it out.
DROP TRIGGER "audit_events_hash" ON "audit_events";
DROP FUNCTION "audit_events_hash"();

-- Events carry the instant of their request, which commands that take long are behind. The owner of the log may write the
-- past: what is restored, moved or made up for a demonstration.
CREATE FUNCTION "audit_events_stamp"() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW."xid" := pg_current_xact_id();
  NEW."hash" := sha256(convert_to(NEW."content", 'UTF8'));
  IF NEW."at" NOT BETWEEN clock_timestamp() - interval '1 hour' AND clock_timestamp() + interval '5 minutes'
    AND NOT pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE') THEN
    RAISE EXCEPTION 'the time of an audit event (%) is too far from the clock of the database (%)', NEW."at", clock_timestamp()
      USING ERRCODE = 'datetime_field_overflow';
  END IF;
  RETURN NEW;
END
$$;

-- Every part gets it from the table, those that are made later as well.
CREATE TRIGGER "audit_events_stamp" BEFORE INSERT ON "audit_events"
  FOR EACH ROW EXECUTE FUNCTION "audit_events_stamp"();
