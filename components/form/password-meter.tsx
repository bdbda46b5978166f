"use client";
import { useEffect, useState } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { enoughGuesses, type Names, type PasswordRules, passwordProblem } from "#lib/passwords/schema.ts";
import { passwordGuesser } from "./password-guesser.ts";

interface Verdict {
  /** Of four bars, so many are filled. */
  level: number;
  word: string;
  reason?: string | undefined;
}

/** How good a new password is, and why not better. It only advises: the server decides. */
export function PasswordMeter(props: { password: string; rules: PasswordRules; names: Partial<Names> }) {
  const verdict = useVerdict(props);
  if (!verdict || props.password === "") return null;
  const { level, word, reason } = verdict;
  return (
    <div className="mt-2">
      <div aria-hidden className="flex gap-1">
        {[1, 2, 3, 4].map((bar) => (
          <span
            key={bar}
            className={classNames("h-1 grow rounded-full", bar <= level ? fills[level] : "bg-line")}
          />
        ))}
      </div>
      <p role="status" className="mt-1 text-xs text-soft">
        <span className="font-medium text-ink">{word}</span>
        {reason && <> · {reason}</>}
      </p>
    </div>
  );
}

const fills = ["", "bg-high", "bg-elevated", "bg-medium", "bg-low"];

function useVerdict({ password, rules, names }: Parameters<typeof PasswordMeter>[0]): Verdict | undefined {
  const [verdict, setVerdict] = useState<Verdict>();
  const known = JSON.stringify(names);
  useEffect(() => {
    if (password === "") return;
    let over = false;
    const timer = setTimeout(async () => {
      const judged = await judge(password, rules, JSON.parse(known)).catch(() => undefined);
      if (!over) setVerdict(judged);
    }, 150);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [password, rules, known]);
  return verdict;
}

async function judge(password: string, rules: PasswordRules, names: Partial<Names>): Promise<Verdict> {
  const guesser = await passwordGuesser();
  const reason = passwordProblem(password, rules, names, guesser)?.message;
  const { guessesLog10 } = guesser.check(password, []);
  if (reason === undefined)
    return guessesLog10 >= enoughGuesses + 4 ? { level: 4, word: "Strong" } : { level: 3, word: "Good" };
  return { level: guessesLog10 >= enoughGuesses ? 2 : 1, word: "Not enough yet", reason };
}
