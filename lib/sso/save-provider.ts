import { callerOf } from "#lib/kernel/caller.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { dearWork } from "#lib/kernel/dear-work.ts";
import { AppError, type FieldErrors, type FieldRules } from "#lib/kernel/errors.ts";
import { type Context, defineCommand } from "#lib/kernel/operation.ts";
import { seal } from "#lib/kernel/seal.ts";
import { type Draft, oidcSettingsSchema, samlSettingsSchema, secretPurpose } from "#lib/providers/index.ts";
import type { Prisma } from "#prisma";
import { lookUp } from "./check-provider.ts";
import { refuseMoving } from "./one-authority.ts";
import { certificateProblem, saidByMetadata } from "./provider-metadata.ts";
import { refuseBrake } from "./refuse-brake.ts";
import { refuseGiving, refuseVouching } from "./rules.ts";
import { type SaveProvider, saveProviderSchema } from "./schema.ts";
import { sentSettings } from "./sent-settings.ts";
import { aboutProvider, findForChange, findProvider, refuseFixed } from "./stored-provider.ts";
import { writeProvider } from "./write-provider.ts";

/** How to reach a provider and whom it lets in. The secret is sealed for it and never answered. */
export const saveProvider = defineCommand({
  name: "save identity provider",
  needs: "manageSettings",
  changesAccess: true,
  dangerous: true,
  input: saveProviderSchema,
  about: aboutProvider,
  /** What is given by reference is read before the transaction: pasted metadata, and an issuer, which has to answer. */
  async prepare({ reader, call }, input): Promise<Partial<SaveProvider>> {
    const { kind, settings, fixed } = await findProvider(reader, input.slug);
    if (kind === "saml") return dearWork(callerOf(call), async () => saidByMetadata(input, call.at));
    const { issuer, enforceHttps } = input;
    if (fixed.issuer !== undefined || issuer === undefined) return {};
    if (issuer.trim() === settings.issuer && (enforceHttps || settings.enforceHttps === false)) return {};
    return { issuer: (await lookUp(issuer, enforceHttps)).issuer };
  },
  async run(context, input, read) {
    const { tx, call } = context;
    const draft = await findForChange(tx, input.slug, input.version);
    refuseFixed(draft, input);
    const sent = sentSettings(draft, { ...input, ...read });
    const settings = checked(draft.kind, { ...draft.settings, ...sent });
    await refuseEscalation(context, draft, settings, input);
    await refuseMoving(tx, draft, settings);
    if (settings.defaultRole !== draft.settings.defaultRole)
      await refuseBrake(context, { ...draft, settings }, "defaultRole");
    const stored = withoutNothing({ ...draft.stored, ...sent });
    const secret = draft.kind === "oidc" && input.clientSecret ? input.clientSecret : undefined;
    await writeProvider(tx, call, draft, {
      label: input.label,
      settings: stored,
      ...(secret && { secret: seal(secretPurpose, draft.slug, secret) }),
    });
    const { label } = input;
    return {
      target: aboutProvider({ slug: draft.slug, label }),
      before: { label: draft.label, ...draft.stored },
      after: { label, ...stored, ...(secret && { clientSecret: "replaced" }) },
      result: { label },
    };
  },
});

/** What was emptied is not stored. */
const withoutNothing = (settings: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as Record<
    string,
    Prisma.InputJsonValue
  >;

/** What came of it is what signing in can work with, or the mistake stands beside its field. */
function checked(kind: Draft["kind"], settings: Record<string, unknown>): Record<string, unknown> {
  const read = (kind === "saml" ? samlSettingsSchema : oidcSettingsSchema).safeParse(settings);
  const fields: FieldErrors = {};
  const rules: FieldRules = {};
  for (const issue of read.error?.issues ?? []) {
    fields[String(issue.path[0])] ??= [issue.message];
    rules[String(issue.path[0])] ??= [issue.code];
  }
  const wrong = certificateProblem(read.data);
  if (wrong !== undefined) {
    fields.certificates = [wrong];
    rules.certificates = ["certificate_unusable"];
  }
  if (read.success && wrong === undefined) return read.data;
  throw new AppError("invalid", "invalid_input", "Some fields need another look.", { fields, rules });
}

/** Whose word counts, once there is somebody else's: changing it is changing who comes in. */
const trust = ["issuer", "clientId", "entityId", "ssoUrl", "certificates"];

async function refuseEscalation(
  context: Context & { tx: Tx },
  { slug, settings: before }: Draft,
  after: Record<string, unknown>,
  { confirmed }: SaveProvider,
): Promise<void> {
  const { defaultRole } = after;
  const opens = after.autoCreateUsers === true && before.autoCreateUsers !== true;
  if (typeof defaultRole === "string" && (opens || defaultRole !== before.defaultRole))
    await refuseGiving(context, [defaultRole], "defaultRole", confirmed);
  const turnedOn = (field: string) => after[field] === true && before[field] !== true;
  const moved = trust.find((field) => JSON.stringify(after[field]) !== JSON.stringify(before[field]));
  const open = ["linkAdministrators", "trustUnverifiedEmail"].find(turnedOn);
  const plain = after.enforceHttps === false && before.enforceHttps !== false ? "enforceHttps" : undefined;
  const field = open ?? plain ?? moved;
  if (field !== undefined) await refuseVouching(context, { slug, settings: after }, field);
}
