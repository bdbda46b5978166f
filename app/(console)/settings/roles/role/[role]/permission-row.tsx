"use client";
import { useId, useState } from "react";
import { NativeSelect } from "#components/form/native-select.tsx";
import { LimitedGlyph } from "#components/matrix/limited-glyph.tsx";
import { Button } from "#components/ui/button.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { DangerMark } from "#components/ui/danger-mark.tsx";
import type { RoleDetails } from "#lib/roles/index.ts";
import { atLevel, type Level, levelOf, levels } from "./access-level.ts";
import { LimitBuilder } from "./limit-builder.tsx";
import { limitsInWords } from "./limit-words.ts";
import { isSame } from "./role-draft.ts";
import type { RoleDraftState } from "./use-role-draft.ts";

type Permission = RoleDetails["groups"][number]["permissions"][number];

const mixed = { value: "mixed", label: "Several limits" };
const always = { value: "off", label: "Always" };

/** One permission: how far it reaches, what limits it in words, and what comes from elsewhere. */
export function PermissionRow({ permission, draft }: { permission: Permission; draft: RoleDraftState }) {
  const { key, label } = permission;
  const { role } = draft;
  const id = useId();
  const [open, setOpen] = useState(false);
  const limits = draft.grants[key];
  const given = role.given[key];
  const level = levelOf(limits);
  const changed = !isSame(role.grants[key], limits);
  const why = limits || permission.grantable ? undefined : permission.grantWhy;
  // Whatever is stored: a superuser role is not granted what it holds.
  const isAlways = role.superuser && given !== undefined;
  const options = level === "mixed" ? [...levels, mixed] : levels;
  return (
    <li className={classNames("flex flex-col gap-2 px-3 py-2.5", changed && "bg-accent-wash")}>
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 grow basis-56">
          <p id={id} className="font-medium">
            {label} {permission.dangerous && <DangerMark />}
            {changed && <span className="ml-2 text-xs font-normal text-soft">changed</span>}
          </p>
          <p className="text-xs text-mute">{permission.description}</p>
        </div>
        <div className="flex items-center gap-2">
          <NativeSelect
            aria-label={`Access: ${label}`}
            aria-describedby={`${id}-more`}
            options={isAlways ? [always] : options}
            value={isAlways ? always.value : level}
            disabled={isAlways || !draft.editable || why !== undefined}
            onChange={(event) => draft.setLimits(key, atLevel(limits, event.target.value as Level))}
            className="w-36"
          />
          {draft.editable && limits && role.attributes.length > 0 && (
            <Button
              size="small"
              aria-expanded={open}
              aria-label={`Limits: ${label}`}
              onClick={() => setOpen(!open)}
            >
              {open ? "Done" : "Limits"}
            </Button>
          )}
        </div>
      </div>
      <div id={`${id}-more`} className="flex flex-col gap-1 text-xs text-soft empty:hidden">
        {limits && limits.length > 0 && <LimitLines lines={limitsInWords(limits, role.attributes)} />}
        {isAlways && <p>As every permission of a superuser role.</p>}
        {given && !isAlways && <Given given={given} own={limits !== undefined} />}
        {why && <p className="font-medium">{why}</p>}
        {permission.withoutEffect && <p>{permission.withoutEffect}.</p>}
        {limits && limits.length > 0 && role.guarding.includes(key) && (
          <p className="font-medium">
            It guards this console, which asks for it without limits: limited, it opens nothing here.
          </p>
        )}
      </div>
      {open && limits && draft.editable && (
        <LimitBuilder
          permission={label}
          limits={limits}
          attributes={role.attributes}
          onChange={(next) => draft.setLimits(key, next)}
        />
      )}
    </li>
  );
}

function LimitLines({ lines }: { lines: string[] }) {
  return (
    <div className="flex gap-1.5">
      <LimitedGlyph className="mt-0.5 size-3 shrink-0 text-accent" />
      <div>
        {lines.map((line, index) => (
          <p key={line}>
            <span className="font-medium text-ink">{index === 0 ? "Only" : "Or"}</span> {line}
          </p>
        ))}
      </div>
    </div>
  );
}

function Given({ given, own }: { given: { from: string[]; limits?: string[] }; own: boolean }) {
  return (
    <p>
      {own ? "Comes from elsewhere too: " : "Comes from "}
      <span className="text-ink">{given.from.join(", ")}</span>
      {given.limits && `, only ${given.limits.join(", or ")}`}
    </p>
  );
}
