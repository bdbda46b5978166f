-- The audit log by month, with what sealing and erasure will need, and counters for refusals (decisions 032 and 033).
--
-- Nothing is copied: what was logged so far stays in its table, which becomes the first part. While two of its indexes are
-- built, some seconds for each million rows, nobody else can write to the log.

-- Functions below keep this path, whoever calls them.
SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true);

LOCK TABLE "audit_events" IN ACCESS EXCLUSIVE MODE;
ALTER TABLE "audit_events" RENAME TO "audit_events_first";
ALTER TABLE "audit_events_first" DROP CONSTRAINT "audit_events_pkey";
ALTER INDEX "audit_events_at_id_idx" RENAME TO "audit_events_first_at_id_idx";
ALTER INDEX "audit_events_target_kind_target_id_at_idx" RENAME TO "audit_events_first_target_kind_target_id_at_idx";
ALTER INDEX "audit_events_actor_id_at_idx" RENAME TO "audit_events_first_actor_id_at_idx";
-- Empty in rows from before: without a value that is computed for each, adding these columns rewrites nothing.
ALTER TABLE "audit_events_first"
  ADD COLUMN "xid" xid8,
  ADD COLUMN "salt" BYTEA,
  ADD COLUMN "content" TEXT,
  ADD COLUMN "hash" BYTEA;

CREATE TABLE "audit_events" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "action" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "reason" TEXT,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT,
    "actor_name" TEXT NOT NULL,
    "door" TEXT NOT NULL,
    "address" TEXT,
    "agent" TEXT,
    "request_id" TEXT,
    "target_kind" TEXT,
    "target_id" TEXT,
    "target_name" TEXT,
    "before" JSONB,
    "after" JSONB,
    "xid" xid8 DEFAULT pg_current_xact_id(),
    "salt" BYTEA,
    "content" TEXT,
    "hash" BYTEA,

    CONSTRAINT "audit_events_pkey" PRIMARY KEY ("id", "at")
) PARTITION BY RANGE ("at");

CREATE INDEX "audit_events_at_id_idx" ON "audit_events"("at" DESC, "id" DESC);
CREATE INDEX "audit_events_target_kind_target_id_at_idx" ON "audit_events"("target_kind", "target_id", "at");
CREATE INDEX "audit_events_actor_id_at_idx" ON "audit_events"("actor_id", "at");
-- In the order of commits, below the oldest transaction under way, nothing that a sealer has passed can appear later.
CREATE INDEX "audit_events_xid_id_idx" ON "audit_events"("xid", "id") WHERE "xid" IS NOT NULL;

-- What no month is there for: a clock that is far off never stops anybody from working.
CREATE TABLE "audit_events_default" PARTITION OF "audit_events" DEFAULT;

-- The hash is of the text that is stored, whoever wrote it.
CREATE FUNCTION "audit_events_hash"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."hash" IS NULL AND NEW."content" IS NOT NULL THEN
    NEW."hash" := sha256(convert_to(NEW."content", 'UTF8'));
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER "audit_events_hash" BEFORE INSERT ON "audit_events"
  FOR EACH ROW EXECUTE FUNCTION "audit_events_hash"();

-- A trigger for rows comes to every part with it; one for TRUNCATE does not.
CREATE TRIGGER "audit_events_append_only" BEFORE UPDATE OR DELETE ON "audit_events"
  FOR EACH ROW EXECUTE FUNCTION "audit_events_append_only"();
CREATE TRIGGER "audit_events_no_truncate" BEFORE TRUNCATE ON "audit_events"
  FOR EACH STATEMENT EXECUTE FUNCTION "audit_events_append_only"();
CREATE TRIGGER "audit_events_no_truncate" BEFORE TRUNCATE ON "audit_events_default"
  FOR EACH STATEMENT EXECUTE FUNCTION "audit_events_append_only"();

-- The first part ends with the present month. An empty log needs none.
DO $$
DECLARE
  bound timestamptz := (date_trunc('month', now() AT TIME ZONE 'UTC') + interval '1 month') AT TIME ZONE 'UTC';
  was "char" := (SELECT tgenabled FROM pg_trigger
    WHERE tgrelid = '"audit_events_first"'::regclass AND tgname = 'audit_events_append_only');
BEGIN
  IF NOT EXISTS (SELECT FROM "audit_events_first") THEN
    DROP TABLE "audit_events_first";
  ELSE
    DROP TRIGGER "audit_events_append_only" ON "audit_events_first";
    WITH later AS (DELETE FROM "audit_events_first" WHERE "at" >= bound RETURNING *)
      INSERT INTO "audit_events" SELECT * FROM later;
    EXECUTE format('ALTER TABLE "audit_events" ATTACH PARTITION "audit_events_first" FOR VALUES FROM (MINVALUE) TO (%L)', bound);
  END IF;
  IF was = 'A' THEN
    ALTER TABLE "audit_events" ENABLE ALWAYS TRIGGER "audit_events_append_only";
  END IF;
END $$;

-- The parts and their bounds. One without any bound is what no month is there for.
CREATE FUNCTION "audit_months"() RETURNS TABLE ("part" text, "since" timestamptz, "until" timestamptz)
LANGUAGE sql STABLE SET search_path FROM CURRENT SET timezone = 'UTC' AS $$
  SELECT c.relname::text,
    substring(pg_get_expr(c.relpartbound, c.oid) FROM 'FROM \(''([^'']+)''\)')::timestamptz,
    substring(pg_get_expr(c.relpartbound, c.oid) FROM 'TO \(''([^'']+)''\)')::timestamptz
  FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
  WHERE i.inhparent = '"audit_events"'::regclass
  ORDER BY 3 NULLS LAST
$$;

-- Makes the parts of this month and the next two, and answers which it made. It runs as the owner of the log and takes
-- nothing from its caller, so an application may have it that can alter nothing itself.
CREATE FUNCTION "audit_make_months"() RETURNS SETOF text
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET timezone = 'UTC' SET lock_timeout = '5s' AS $$
DECLARE
  month timestamptz;
  ending timestamptz;
  part text;
BEGIN
  PERFORM pg_advisory_xact_lock(7318004);
  FOR ahead IN 0..2 LOOP
    month := date_trunc('month', now()) + make_interval(months => ahead);
    ending := month + interval '1 month';
    part := 'audit_events_' || to_char(month, 'YYYY_MM');
    CONTINUE WHEN EXISTS (SELECT FROM "audit_months"() m
      WHERE m."until" > month AND (m."since" IS NULL OR m."since" <= month));
    EXECUTE format('CREATE TABLE %I (LIKE "audit_events" INCLUDING DEFAULTS)', part);
    EXECUTE format('CREATE TRIGGER "audit_events_no_truncate" BEFORE TRUNCATE ON %I
      FOR EACH STATEMENT EXECUTE FUNCTION "audit_events_append_only"()', part);
    -- A clock that was ahead has written into this month before it had a part.
    IF EXISTS (SELECT FROM "audit_events_default" WHERE "at" >= month AND "at" < ending) THEN
      PERFORM "audit_let_go"(true);
      EXECUTE format('WITH moved AS (DELETE FROM "audit_events_default" WHERE "at" >= %L AND "at" < %L RETURNING *)
        INSERT INTO %I SELECT * FROM moved', month, ending, part);
      PERFORM "audit_let_go"(false);
    END IF;
    EXECUTE format('ALTER TABLE "audit_events" ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', part, month, ending);
    RETURN NEXT part;
  END LOOP;
END
$$;

-- Lets rows leave the part without bounds, until it is called again in the same transaction. For the owner alone.
CREATE FUNCTION "audit_let_go"(go boolean) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF go THEN
    ALTER TABLE "audit_events_default" DISABLE TRIGGER "audit_events_append_only";
  ELSIF (SELECT tgenabled FROM pg_trigger
    WHERE tgrelid = '"audit_events"'::regclass AND tgname = 'audit_events_append_only') = 'A' THEN
    ALTER TABLE "audit_events_default" ENABLE ALWAYS TRIGGER "audit_events_append_only";
  ELSE
    ALTER TABLE "audit_events_default" ENABLE TRIGGER "audit_events_append_only";
  END IF;
END
$$;

-- Deletes the parts that end at or before an instant, and what older rows the part without bounds has. It runs with the
-- rights of its caller, and only the owner of a table can drop it.
CREATE FUNCTION "audit_delete_before"(bound timestamptz) RETURNS TABLE ("part" text, "events" bigint)
LANGUAGE plpgsql SET search_path FROM CURRENT SET lock_timeout = '5s' AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(7318004);
  FOR part IN SELECT m."part" FROM "audit_months"() m WHERE m."until" <= bound LOOP
    EXECUTE format('SELECT count(*) FROM %I', part) INTO events;
    EXECUTE format('DROP TABLE %I', part);
    RETURN NEXT;
  END LOOP;
  IF EXISTS (SELECT FROM "audit_events_default" WHERE "at" < bound) THEN
    PERFORM "audit_let_go"(true);
    DELETE FROM "audit_events_default" WHERE "at" < bound;
    GET DIAGNOSTICS events = ROW_COUNT;
    PERFORM "audit_let_go"(false);
    part := 'audit_events_default';
    RETURN NEXT;
  END IF;
END
$$;

REVOKE ALL ON FUNCTION "audit_make_months"(), "audit_let_go"(boolean), "audit_delete_before"(timestamptz) FROM PUBLIC;

SELECT "audit_make_months"();

-- Refusals beyond the first few of an hour, until they are one row of the log.
CREATE TABLE "refusal_counters" (
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "pool" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "detailed" INTEGER NOT NULL,
    "summed" INTEGER NOT NULL,
    "sum" JSONB,

    CONSTRAINT "refusal_counters_pkey" PRIMARY KEY ("hour", "pool", "key")
);
