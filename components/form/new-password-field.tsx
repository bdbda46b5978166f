"use client";
import { type FormEvent, useState } from "react";
import type { Names, PasswordRules } from "#lib/passwords/schema.ts";
import { PasswordField } from "./password-field.tsx";
import { PasswordMeter } from "./password-meter.tsx";

/** A password that is being chosen, with the rules that the server will hold it to and a meter while it is typed. */
export function NewPasswordField(props: {
  rules: PasswordRules;
  label?: string;
  /** Whose it will be, beyond what the same form asks for. */
  names?: Partial<Names>;
}) {
  const [typed, setTyped] = useState<{ password: string; names: Partial<Names> }>({
    password: "",
    names: {},
  });

  function look(event: FormEvent<HTMLDivElement>) {
    const field = event.target;
    if (field instanceof HTMLInputElement && field.name === "password")
      setTyped({ password: field.value, names: namesBeside(field) });
  }

  return (
    <div onInput={look}>
      <PasswordField
        name="password"
        label={props.label ?? "Password"}
        description={inWords(props.rules)}
        autoComplete="new-password"
        required
      />
      <PasswordMeter
        password={typed.password}
        rules={props.rules}
        names={{ ...props.names, ...typed.names }}
      />
    </div>
  );
}

const asked = ["username", "email", "givenName", "familyName"] as const;

function namesBeside({ form }: HTMLInputElement): Partial<Names> {
  const names: Partial<Names> = {};
  for (const name of asked) {
    const field = form?.elements.namedItem(name);
    if (field instanceof HTMLInputElement && field.value) names[name] = field.value;
  }
  return names;
}

function inWords(rules: PasswordRules): string {
  const classes = [
    rules.requireUppercase && "an uppercase letter",
    rules.requireLowercase && "a lowercase letter",
    rules.requireDigit && "a digit",
    rules.requireSymbol && "a symbol",
  ].filter((text) => text !== false);
  const list = classes.length > 1 ? `${classes.slice(0, -1).join(", ")} and ${classes.at(-1)}` : classes[0];
  const needed = list ? `, with ${list}` : "";
  return `At least ${rules.passwordMinimum} characters${needed}; a sentence of four or five words is fine.`;
}
