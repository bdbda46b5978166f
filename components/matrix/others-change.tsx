import { OthersSaved } from "#components/form/others-saved.tsx";
import type { RoleEditor } from "./use-role-editor.ts";

const list = new Intl.ListFormat("en", { type: "conjunction" });

/** Tells what somebody else saved under the draft, and that nothing of the draft is lost. */
export function OthersChange(props: {
  news: NonNullable<RoleEditor["news"]>;
  /** Is anything of the draft left? */
  changed: boolean;
  labelOf: (key: string) => string;
}) {
  const { granted, revoked, by, at } = props.news;
  const parts = [
    granted.length > 0 ? `granted ${list.format(granted.map(props.labelOf))}` : "",
    revoked.length > 0 ? `took away ${list.format(revoked.map(props.labelOf))}` : "",
  ];
  return (
    <OthersSaved what="this role" by={by} at={at} className="mb-3">
      <p>
        {by ?? "They"} {list.format(parts.filter(Boolean))}.{" "}
        {props.changed
          ? "Your own changes are kept and stand on top of that: save again, or discard them."
          : "That is all you had changed: nothing is left to save."}
      </p>
    </OthersSaved>
  );
}
