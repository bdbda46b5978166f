"use client";
import { useContext, useEffect, useRef, useState } from "react";
import { IdentityProof, proofRequired } from "#components/form/identity-proof.ts";
import type { SelectedRow } from "#components/table/use-selection.ts";
import { useUnloadGuard } from "#components/ui/use-unload-guard.ts";
import { idle } from "#lib/web/form-state.ts";
import type { RowOutcome, RowsState } from "#lib/web/rows-state.ts";
import type { Act } from "./acts.ts";

/** For the act that gives roles: which, and the dangerous ones among them that were agreed to by name. */
export interface GivenRoles {
  roles: readonly string[];
  confirmed: readonly string[];
}

/** What is to be done to whom: these people, whatever the list shows meanwhile. */
export interface Job {
  act: Act;
  people: readonly SelectedRow[];
  given: GivenRoles;
}

export interface Run extends Job {
  outcomes: readonly RowOutcome[];
  /** `unproven`: it waits until the person has confirmed who they are. */
  phase: "running" | "unproven" | "over";
  stopping: boolean;
  /** Why it did not get to the end, in words. */
  halted?: string;
  reason?: string | undefined;
  /** Whether the server, not the person, ended it: then the page behind may not be theirs to see any more. */
  cut?: boolean;
}

/** So many at a time: whoever stops it waits for no more than these. */
const batch = 10;

/** Sends the people of a job to its action, a few at a time, until all have an outcome or somebody stops it. */
export function useRun(onOver: (run: Run) => void) {
  const [run, setRun] = useState<Run>();
  const ask = useContext(IdentityProof);
  const stopped = useRef(false);
  const resume = useRef<() => void>(undefined);
  useLeaving(run !== undefined && run.phase !== "over", stopped);

  async function go(job: Job, before: readonly RowOutcome[]): Promise<void> {
    let outcomes = before;
    const show = (phase: Run["phase"], rest: Pick<Run, "halted" | "reason" | "cut"> = {}) => {
      const now: Run = { ...job, ...rest, outcomes, phase, stopping: stopped.current };
      setRun(now);
      if (phase === "over") onOver(now);
    };
    show("running");
    while (outcomes.length < job.people.length) {
      if (stopped.current) return show("over", { halted: "You stopped it.", reason: "stopped" });
      const answer = await send(job, job.people.slice(outcomes.length, outcomes.length + batch));
      outcomes = [...outcomes, ...answer.rows];
      if (answer.reason === proofRequired) {
        resume.current = () => void go(job, outcomes);
        show("unproven");
        return ask?.(resume.current);
      }
      if (answer.status === "error")
        return show("over", { halted: answer.message ?? "", reason: answer.reason, cut: true });
      show("running");
    }
    show("over");
  }

  return {
    run,
    start(job: Job) {
      stopped.current = false;
      void go(job, []);
    },
    stop() {
      stopped.current = true;
      if (run?.phase === "unproven") void go(run, run.outcomes);
      else setRun((now) => now && { ...now, stopping: true });
    },
    prove: () => resume.current && ask?.(resume.current),
    forget: () => setRun(undefined),
  };
}

async function send(job: Job, some: readonly SelectedRow[]): Promise<RowsState> {
  const form = new FormData();
  for (const { id } of some) form.append("ids", id);
  for (const role of job.given.roles) form.append("roles", role);
  for (const key of job.given.confirmed) form.append("confirmed", key);
  try {
    return await job.act.action(idle, form);
  } catch {
    const message = `The console did not answer. The next ${some.length} may have been done: look at the list.`;
    return { status: "error", reason: "no_answer", message, rows: [] };
  }
}

/** Whoever goes to another page stops it between rows; whoever closes the tab is asked first. */
function useLeaving(busy: boolean, stopped: { current: boolean }): void {
  useEffect(
    () => () => {
      stopped.current = true;
    },
    [stopped],
  );
  useUnloadGuard(busy);
}
