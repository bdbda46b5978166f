import { Notice } from "#components/ui/notice.tsx";
import type { MatrixData } from "#lib/roles/matrix-data.ts";
import { lockOf } from "./role-lock.ts";

/** For an address that asks to edit what cannot be edited. */
export function LockedNotice({ data, editKey }: { data: MatrixData; editKey: string | null }) {
  if (!editKey) return null;
  const role = data.roles.find((one) => one.key === editKey);
  if (!role)
    return (
      <Notice role="status" reason="role_not_found">
        There is no role {editKey} any more.
      </Notice>
    );
  const why = lockOf(role, data.edit);
  if (!why) return null;
  return (
    <Notice role="status" reason="locked_role" title={`${role.label} cannot be edited here`}>
      {why}
    </Notice>
  );
}
