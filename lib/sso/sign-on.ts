import { keepingAdministrators } from "#lib/assignments/index.ts";
import type { Reader, Tx } from "#lib/kernel/database.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { fixedSignOn, localSignIn, signOnKey } from "#lib/providers/index.ts";
import { signOnSchema } from "./schema.ts";
import { refuseFixed } from "./stored-provider.ts";

/** Whether people may sign in without a provider, and the variable that says so when one does. */
export interface SignOnView {
  disableLocalSignIn: boolean;
  fixed: Readonly<Record<string, string>>;
}

export async function signOnOf(reader: Reader | Tx): Promise<SignOnView> {
  return { disableLocalSignIn: !(await localSignIn(reader)), fixed: fixedSignOn() };
}

/** Closes or opens every way of signing in without a provider: passwords, passkeys and sign-up. */
export const saveSignOn = defineCommand({
  name: "save sign-on settings",
  needs: "manageSettings",
  changesAccess: true,
  dangerous: true,
  input: signOnSchema,
  async run({ tx, call }, value) {
    const { disableLocalSignIn, fixed } = await signOnOf(tx);
    refuseFixed({ fixed }, { disableLocalSignIn: true });
    const row = { value, updatedAt: call.at };
    await keepingAdministrators(tx, call.at, "edit", () =>
      tx.setting.upsert({
        where: { key: signOnKey },
        create: { key: signOnKey, ...row },
        update: row,
        select: { key: true },
      }),
    );
    const target = { kind: "settings", name: "Single sign-on" } as const;
    return { target, before: { disableLocalSignIn }, after: value, result: value };
  },
});
