"use client";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { people } from "./acts.ts";
import { RefusedList } from "./refused-list.tsx";
import type { Run } from "./use-run.ts";

interface Props {
  run: Run;
  onStop: () => void;
  onProve: () => void;
  onClose: () => void;
}

/** How far it is; afterwards what came of it. To close it midway is to stop it. */
export function RunDialog(props: Props) {
  // The browser may close a dialog when Esc is pressed again and again: the results open one of their own.
  return props.run.phase === "over" ? <Results key="over" {...props} /> : <Progress key="busy" {...props} />;
}

function Progress({ run, onStop, onProve }: Props) {
  const { act, outcomes, phase, stopping } = run;
  const total = run.people.length;
  const refused = outcomes.filter(({ why }) => why !== undefined).length;
  return (
    <Dialog
      title={`${act.doing} ${people(total)}`}
      size="small"
      onClose={onStop}
      footer={
        <>
          <Button data-autofocus pending={stopping} onClick={onStop}>
            {stopping ? "Stopping…" : "Stop"}
          </Button>
          {phase === "unproven" && (
            <Button variant="primary" onClick={onProve}>
              Confirm that it is you
            </Button>
          )}
        </>
      }
    >
      <progress
        value={outcomes.length}
        max={total}
        aria-label={`${act.doing} ${people(total)}`}
        className="progress"
      />
      <p role="status" className="mt-2 text-sm text-soft tabular-nums">
        {phase === "unproven" && "This needs your password before it goes on. "}
        {outcomes.length} of {total}
        {refused > 0 && ` · ${refused} refused`}
      </p>
    </Dialog>
  );
}

function Results({ run, onClose }: Props) {
  const { act, outcomes, halted } = run;
  const refused = outcomes.filter(({ why }) => why !== undefined);
  const done = outcomes.length - refused.length;
  const untried = run.people.length - outcomes.length;
  return (
    <Dialog
      title={`${act.done} ${done.toLocaleString("en")} of ${people(run.people.length)}`}
      onClose={onClose}
      footer={
        <Button data-autofocus variant="primary" onClick={onClose}>
          Close
        </Button>
      }
    >
      <div className="space-y-4">
        {halted !== undefined && (
          <Notice
            kind={run.cut ? "danger" : "warning"}
            role="alert"
            title="It did not get to the end"
            reason={run.reason}
          >
            {halted} {untried > 0 && `${people(untried)} not tried; they stay selected.`}
          </Notice>
        )}
        {refused.length === 0 && halted === undefined && <Notice kind="success">No rule refused.</Notice>}
        {refused.length > 0 && <RefusedList refused={refused} />}
      </div>
    </Dialog>
  );
}
