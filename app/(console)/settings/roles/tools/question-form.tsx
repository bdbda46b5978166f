"use client";
import { usePathname, useRouter } from "next/navigation";
import { type FormEvent, type ReactNode, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";

/** A question is its address. Choosing asks at once; what is typed is asked with Enter or the button. */
export function QuestionForm({ children, action }: { children: ReactNode; action?: ReactNode }) {
  const pathname = usePathname();
  const router = useRouter();
  const [pending, start] = useTransition();

  function ask(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value !== "") query.append(name, String(value));
    const instants = [...form.querySelectorAll<HTMLInputElement>('input[type="datetime-local"]')];
    if (instants.every(({ value }) => value === "")) query.delete("zone");
    start(() => router.push(`${pathname}?${query}`, { scroll: false }));
  }

  return (
    <form
      method="get"
      action={pathname}
      aria-label="Question"
      className="mb-6 flex flex-col gap-4 rounded-lg border border-line bg-surface p-4"
      onSubmit={ask}
      onChange={({ target, currentTarget }) => {
        const chosen =
          target instanceof HTMLSelectElement ||
          (target instanceof HTMLInputElement && target.type === "checkbox");
        if (chosen) currentTarget.requestSubmit();
      }}
    >
      {children}
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" variant="primary" pending={pending}>
          Calculate
        </Button>
        {action}
      </div>
    </form>
  );
}
