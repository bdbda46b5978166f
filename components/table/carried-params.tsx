"use client";
import { useSearchParams } from "next/navigation";
import { listParams } from "./list-url.ts";

/** What else is in the URL, so that a GET form that is sent without scripts keeps it. */
export function CarriedParams({ except }: { except: readonly string[] }) {
  const dropped = [...except, listParams.after, listParams.before];
  return [...useSearchParams()]
    .filter(([name]) => !dropped.includes(name))
    .map(([name, value]) => <input key={`${name}=${value}`} type="hidden" name={name} value={value} />);
}
