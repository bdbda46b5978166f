import type { AccessAnswer } from "#lib/calculator/index.ts";
import { EffectDisc, effectWord } from "./effect-mark.tsx";
import { Reasons } from "./reasons.tsx";

/** The answer about one permission, large. */
export function OneDecision({ permission }: { permission: NonNullable<AccessAnswer["permission"]> }) {
  const { answer, label, key, roles, withoutEffect } = permission;
  const heading = answer.effect === "deny" ? "What is nearest" : "What gives it";
  return (
    <section
      aria-labelledby="decision"
      data-reason={answer.reason}
      className="rounded-lg border border-line bg-surface p-5"
    >
      <div className="flex items-start gap-4">
        <EffectDisc effect={answer.effect} />
        <div className="min-w-0">
          <h2 id="decision" className="text-xl font-semibold tracking-tight">
            {effectWord(answer.effect)}: {label}
          </h2>
          <p className="text-base text-soft">{answer.words}</p>
          <p className="font-mono text-2xs text-mute">{key}</p>
          {withoutEffect && <p className="text-soft">{withoutEffect}.</p>}
        </div>
      </div>
      {(answer.paths.length > 0 || answer.nearest.length > 0) && (
        <div className="mt-5 border-t border-line pt-4">
          <h3 className="mb-2.5 font-medium">{heading}</h3>
          <Reasons answer={answer} />
        </div>
      )}
      {answer.effect === "deny" && (
        <p className="mt-4 border-t border-line pt-3 text-soft">
          {roles.length > 0
            ? `Roles that give it, at least within limits: ${roles.map((role) => role.label).join(", ")}.`
            : "No role gives it."}
        </p>
      )}
    </section>
  );
}
