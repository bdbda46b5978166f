"use client";
import { Diff, Search } from "lucide-react";
import { memo, useRef } from "react";
import { controlClass } from "#components/form/control-class.ts";
import { NativeSelect } from "#components/form/native-select.tsx";
import { Button } from "#components/ui/button.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { useEarlyValue } from "#components/ui/use-early-value.ts";
import type { MatrixRole } from "#lib/roles/matrix-data.ts";
import { RoleChooser } from "./role-chooser.tsx";
import type { MatrixView } from "./use-matrix-view.ts";

/** Search, roles to compare, differences; on a narrow screen the one role to show. */
export const MatrixToolbar = memo(function MatrixToolbar(props: {
  view: MatrixView;
  roles: readonly MatrixRole[];
}) {
  const { view, roles } = props;
  const search = useRef<HTMLInputElement>(null);
  useEarlyValue(search, ({ value }) => view.setQuery(value));
  const alone = view.roles.length < 2 ? "Differences need two roles or more." : undefined;
  return (
    <search className="flex flex-wrap items-center gap-2">
      <NativeSelect
        aria-label="Role"
        className="w-full sm:hidden"
        value={view.single?.key ?? ""}
        onChange={(event) => view.showRole(event.target.value)}
        options={roles.map((role) => ({
          value: role.key,
          label: `${role.label} (${role.held}/${role.total})`,
        }))}
      />
      <div className="relative w-full sm:w-72">
        <Search
          aria-hidden
          className="pointer-events-none absolute inset-y-0 left-2.5 my-auto size-4 text-mute"
        />
        <input
          ref={search}
          type="search"
          autoComplete="off"
          aria-label="Search permissions"
          placeholder="Search permissions"
          value={view.query}
          onChange={(event) => view.setQuery(event.target.value)}
          className={classNames(controlClass, "pl-8.5")}
        />
      </div>
      <div className="contents max-sm:hidden">
        <RoleChooser roles={roles} chosen={view.chosen} choose={view.choose} />
        <Button
          aria-pressed={view.differences}
          icon={<Diff aria-hidden className="size-4" />}
          disabledReason={view.differences ? undefined : alone}
          onClick={() => view.setDifferences(!view.differences)}
          className={classNames(
            "min-h-9!",
            view.differences && "border-accent! bg-accent-wash! text-accent!",
          )}
        >
          Differences only
        </Button>
      </div>
    </search>
  );
});
