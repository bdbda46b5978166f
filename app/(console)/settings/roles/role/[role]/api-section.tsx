"use client";
import { useId, useState } from "react";
import { controlClass } from "#components/form/control-class.ts";
import { FieldError } from "#components/form/field-error.tsx";
import { useFormKnowledge } from "#components/form/form-context.ts";
import { radioClass, TickRow } from "#components/form/tick-row.tsx";
import type { ApiAccess } from "#lib/access/index.ts";
import { EditorSection } from "./editor-section.tsx";
import type { RoleDraftState } from "./use-role-draft.ts";

const kinds = [
  { kind: "full", label: "Full", description: "Every call that the permissions allow." },
  { kind: "read_only", label: "Read-only", description: "GET alone." },
  { kind: "endpoints", label: "Named endpoints", description: "Those below and no others." },
  { kind: "none", label: "None", description: "The console in the browser alone." },
] as const;

/** How far holders come through the API. Of several roles the most generous counts. */
export function ApiSection({ draft }: { draft: RoleDraftState }) {
  const { api } = draft;
  const { errorsOf } = useFormKnowledge();
  const errors = errorsOf("api");
  const present = typeof api === "string" ? api : "endpoints";
  return (
    <EditorSection
      id="api"
      title="API access"
      description="It opens no more than the permissions do. Of somebody's roles the most generous counts; base roles lend none."
    >
      <FieldError id="api-error" errors={errors} />
      <fieldset className="flex flex-col gap-2">
        <legend className="sr-only">API access</legend>
        {kinds.map(({ kind, label, description }) => (
          <TickRow
            key={kind}
            label={label}
            description={description}
            disabledReason={draft.editable ? undefined : "This role cannot be edited here."}
          >
            {(control) => (
              <input
                {...control}
                type="radio"
                name="api access"
                value={kind}
                checked={present === kind}
                onChange={() => draft.setApi(kind === "endpoints" ? { endpoints: ["GET /api/v1/*"] } : kind)}
                className={radioClass}
              />
            )}
          </TickRow>
        ))}
      </fieldset>
      {typeof api !== "string" && (
        <Endpoints
          endpoints={api.endpoints}
          readOnly={!draft.editable}
          invalid={errors.length > 0}
          onChange={(endpoints) => draft.setApi({ endpoints } satisfies ApiAccess)}
        />
      )}
    </EditorSection>
  );
}

function Endpoints(props: {
  endpoints: readonly string[];
  readOnly: boolean;
  invalid: boolean;
  onChange: (endpoints: string[]) => void;
}) {
  const id = useId();
  const [text, setText] = useState(props.endpoints.join("\n"));
  return (
    <div className="flex max-w-xl flex-col gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        Endpoints, one a line
      </label>
      <textarea
        id={id}
        rows={4}
        value={text}
        readOnly={props.readOnly}
        spellCheck={false}
        aria-invalid={props.invalid || undefined}
        aria-describedby={`${id}-more${props.invalid ? " api-error" : ""}`}
        onChange={(event) => {
          setText(event.target.value);
          props.onChange(
            event.target.value
              .split("\n")
              .map((line) => line.trim())
              .filter(Boolean),
          );
        }}
        className={`${controlClass} py-1.5 font-mono`}
      />
      <p id={`${id}-more`} className="text-xs text-mute">
        Method and path, such as <code>GET /api/v1/users</code>. <code>*</code> stands for any method, any one
        part, or at the end for all below.
      </p>
    </div>
  );
}
