-- AlterTable
ALTER TABLE "sessions" ADD COLUMN     "id_token" BYTEA,
ADD COLUMN     "idp_session" TEXT,
ADD COLUMN     "issuer" TEXT,
ADD COLUMN     "provider" TEXT,
ADD COLUMN     "subject" TEXT;

-- AlterTable
ALTER TABLE "users" ADD COLUMN     "email_unproven" BOOLEAN NOT NULL DEFAULT false;

-- Whoever signed up, or wrote another address into their own profile, was believed so far: a provider that vouches for
-- that address may mean somebody else.
UPDATE "users" SET "email_unproven" = true
WHERE "id" IN (SELECT "user_id" FROM "assignments" WHERE "source" = 'sign-up')
   OR "id"::text IN (
     SELECT "target_id" FROM "audit_events"
     WHERE "action" = 'edit own profile' AND "outcome" = 'done' AND "target_id" IS NOT NULL
       AND "before" ->> 'email' IS DISTINCT FROM "after" ->> 'email');

-- CreateTable
CREATE TABLE "identity_providers" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT false,
    "sync_roles" BOOLEAN NOT NULL DEFAULT false,
    "settings" JSONB NOT NULL,
    "secret" BYTEA,
    "rules" JSONB NOT NULL DEFAULT '[]',
    "position" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "identity_providers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "identities" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "email" TEXT,
    "claims" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_sign_in_at" TIMESTAMPTZ(3),
    "synced_at" TIMESTAMPTZ(3),
    "sync_outcome" TEXT,

    CONSTRAINT "identities_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "seen_ids" (
    "kind" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "seen_ids_pkey" PRIMARY KEY ("kind","id")
);

-- CreateTable
CREATE TABLE "scim_tokens" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "provider" TEXT NOT NULL,
    "scopes" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" TEXT,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "scim_tokens_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scim_users" (
    "user_id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "external_id" TEXT,
    "user_name_key" TEXT NOT NULL,
    "email_keys" TEXT[],
    "resource" JSONB NOT NULL,
    "roles_due" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "scim_users_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "scim_groups" (
    "id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "external_id" TEXT,
    "name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "scim_groups_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scim_group_members" (
    "group_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,

    CONSTRAINT "scim_group_members_pkey" PRIMARY KEY ("group_id","user_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "identity_providers_slug_key" ON "identity_providers"("slug");

-- CreateIndex
CREATE INDEX "identities_user_id_idx" ON "identities"("user_id");

-- CreateIndex
CREATE INDEX "identities_provider_sync_outcome_idx" ON "identities"("provider", "sync_outcome");

-- CreateIndex
CREATE UNIQUE INDEX "identities_issuer_subject_key" ON "identities"("issuer", "subject");

-- CreateIndex
CREATE INDEX "seen_ids_expires_at_idx" ON "seen_ids"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "scim_tokens_token_hash_key" ON "scim_tokens"("token_hash");

-- CreateIndex
CREATE INDEX "scim_users_email_keys_idx" ON "scim_users" USING GIN ("email_keys");

-- CreateIndex
CREATE INDEX "scim_users_roles_due_provider_user_id_idx" ON "scim_users"("roles_due", "provider", "user_id");

-- CreateIndex
CREATE UNIQUE INDEX "scim_users_provider_user_name_key_key" ON "scim_users"("provider", "user_name_key");

-- CreateIndex
CREATE UNIQUE INDEX "scim_users_provider_external_id_key" ON "scim_users"("provider", "external_id");

-- CreateIndex
CREATE UNIQUE INDEX "scim_groups_provider_name_key_key" ON "scim_groups"("provider", "name_key");

-- CreateIndex
CREATE UNIQUE INDEX "scim_groups_provider_external_id_key" ON "scim_groups"("provider", "external_id");

-- CreateIndex
CREATE INDEX "scim_group_members_user_id_idx" ON "scim_group_members"("user_id");

-- CreateIndex
CREATE INDEX "sessions_issuer_subject_idx" ON "sessions"("issuer", "subject");

-- CreateIndex
CREATE INDEX "sessions_issuer_idp_session_idx" ON "sessions"("issuer", "idp_session");

-- AddForeignKey
ALTER TABLE "identities" ADD CONSTRAINT "identities_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scim_users" ADD CONSTRAINT "scim_users_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scim_group_members" ADD CONSTRAINT "scim_group_members_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "scim_groups"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scim_group_members" ADD CONSTRAINT "scim_group_members_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "scim_users"("user_id") ON DELETE CASCADE ON UPDATE CASCADE;
