import { InstantWords } from "#components/access/instant-words.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { RequestRow } from "#lib/temporary-access/index.ts";

const day = 86_400_000;

/** The latest answer, for a day: granted or refused, by whom. */
export function DecisionNotice({ requests }: { requests: readonly RequestRow[] }) {
  const answered = requests.filter(({ status }) => status === "granted" || status === "refused");
  const [latest] = answered.sort((one, other) => Number(other.decidedAt) - Number(one.decidedAt));
  if (!latest?.decidedAt || Date.now() - latest.decidedAt.getTime() > day) return null;
  const granted = latest.status === "granted";
  return (
    <div className="mb-6">
      <Notice
        kind={granted ? "success" : "warning"}
        reason={latest.status}
        title={granted ? `${latest.role.label} was granted` : `${latest.role.label} was refused`}
      >
        <p>
          By {latest.decidedBy}, <InstantWords at={latest.decidedAt} />.
        </p>
        {latest.note && <p>Note: {latest.note}</p>}
      </Notice>
    </div>
  );
}
