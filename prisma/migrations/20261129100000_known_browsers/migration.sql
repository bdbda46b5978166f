-- A browser that somebody signed in with is known from then on; one that is trusted besides was a row of its own.
ALTER TABLE "trusted_devices" RENAME TO "known_browsers";
ALTER TABLE "known_browsers" RENAME CONSTRAINT "trusted_devices_pkey" TO "known_browsers_pkey";
ALTER TABLE "known_browsers" RENAME CONSTRAINT "trusted_devices_user_id_fkey" TO "known_browsers_user_id_fkey";
ALTER INDEX "trusted_devices_token_hash_key" RENAME TO "known_browsers_token_hash_key";
ALTER INDEX "trusted_devices_user_id_idx" RENAME TO "known_browsers_user_id_idx";

ALTER TABLE "known_browsers" ADD COLUMN "trusted_at" TIMESTAMPTZ(3), ADD COLUMN "trusted_until" TIMESTAMPTZ(3);
UPDATE "known_browsers" SET "trusted_at" = "created_at", "trusted_until" = "expires_at";
CREATE INDEX "known_browsers_expires_at_idx" ON "known_browsers"("expires_at");

-- Whoever ends a session because the browser is in other hands ends what is known of that browser, too.
ALTER TABLE "sessions" ADD COLUMN "browser_id" UUID;
CREATE INDEX "sessions_browser_id_idx" ON "sessions"("browser_id");
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_browser_id_fkey"
  FOREIGN KEY ("browser_id") REFERENCES "known_browsers"("id") ON DELETE SET NULL ON UPDATE CASCADE;
