"use client";
import { Check, ChevronDown, Columns3 } from "lucide-react";
import {
  Autocomplete,
  Button,
  DialogTrigger,
  Input,
  ListBox,
  ListBoxItem,
  Popover,
  SearchField,
  useFilter,
} from "react-aria-components";
import { controlClass } from "#components/form/control-class.ts";
import { buttonClass } from "#components/ui/button-class.ts";
import type { MatrixRole } from "#lib/roles/matrix-data.ts";

/** Picks the roles to compare; none means all of them. */
export function RoleChooser(props: {
  roles: readonly MatrixRole[];
  chosen: readonly string[];
  choose: (keys: string[]) => void;
}) {
  const { roles, chosen, choose } = props;
  const { contains } = useFilter({ sensitivity: "base" });
  return (
    <DialogTrigger>
      <Button className={`${buttonClass()} min-h-9!`}>
        <Columns3 aria-hidden className="size-4" />
        {chosen.length === 0 ? "Compare roles" : `${chosen.length} of ${roles.length} roles`}
        <ChevronDown aria-hidden className="size-3.5 text-mute" />
      </Button>
      <Popover
        placement="bottom start"
        aria-label="Roles to compare"
        data-outline
        className="w-72 animate-appear rounded-lg bg-raised shadow-float"
      >
        <div className="flex max-h-96 flex-col">
          <Autocomplete filter={contains}>
            <SearchField aria-label="Find a role" autoFocus className="p-2 pb-1">
              <Input placeholder="Find a role" className={controlClass} />
            </SearchField>
            <ListBox
              aria-label="Roles"
              selectionMode="multiple"
              selectionBehavior="toggle"
              escapeKeyBehavior="none"
              items={roles.map((role) => ({ id: role.key, role }))}
              selectedKeys={chosen}
              onSelectionChange={(keys) => {
                const picked = keys === "all" ? [] : [...keys].map(String);
                choose(picked.length === roles.length ? [] : picked);
              }}
              renderEmptyState={() => <p className="px-2 py-3 text-center text-xs text-mute">No such role</p>}
              className="min-h-0 grow overflow-y-auto p-1 outline-none"
            >
              {({ id, role }) => (
                <ListBoxItem
                  id={id}
                  textValue={`${role.label} ${role.key}`}
                  className="group flex min-h-8 items-center gap-2 rounded-md px-2 py-1 text-sm outline-none data-focused:bg-hover"
                >
                  <span className="grid size-4.5 shrink-0 place-items-center rounded border border-edge text-on-solid group-data-selected:border-accent-solid group-data-selected:bg-accent-solid">
                    <Check
                      aria-hidden
                      className="size-3.5 opacity-0 group-data-selected:opacity-100"
                      strokeWidth={3}
                    />
                  </span>
                  <span className="min-w-0 grow truncate">{role.label}</span>
                  <span className="text-xs text-mute tabular-nums">
                    {role.held}/{role.total}
                  </span>
                </ListBoxItem>
              )}
            </ListBox>
          </Autocomplete>
          {chosen.length > 0 && (
            <div className="border-t border-line p-1.5">
              <Button className={`${buttonClass("quiet", "small")} w-full`} onPress={() => choose([])}>
                Show all roles
              </Button>
            </div>
          )}
        </div>
      </Popover>
    </DialogTrigger>
  );
}
