"use client";
import { Search } from "lucide-react";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useEffect, useId, useRef, useTransition } from "react";
import { Spinner } from "#components/ui/spinner.tsx";
import { controlClass } from "./control-class.ts";

const pause = 300;

/** Looks for what a `PickField` offers; its text is in the URL under `name`. A form of its own: it stands before the other. */
export function FindBox({ name, label, placeholder }: { name: string; label: string; placeholder?: string }) {
  const id = useId();
  const params = useSearchParams();
  const pathname = usePathname();
  const router = useRouter();
  const [pending, start] = useTransition();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  function find(text: string) {
    clearTimeout(timer.current);
    const query = new URLSearchParams(params);
    if (text.trim()) query.set(name, text.trim());
    else query.delete(name);
    start(() => router.replace(`${pathname}?${query}`, { scroll: false }));
  }

  return (
    <form
      method="get"
      action={pathname}
      className="mb-4"
      onSubmit={(event) => {
        event.preventDefault();
        find(String(new FormData(event.currentTarget).get(name) ?? ""));
      }}
    >
      {[...params]
        .filter(([key]) => key !== name)
        .map(([key, value]) => (
          <input key={`${key}=${value}`} type="hidden" name={key} value={value} />
        ))}
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
        {label}
      </label>
      <div className="relative">
        <span className="pointer-events-none absolute inset-y-0 left-2.5 grid place-items-center text-mute">
          {pending ? <Spinner /> : <Search aria-hidden className="size-4" />}
        </span>
        <input
          id={id}
          name={name}
          type="text"
          data-autofocus
          enterKeyHint="search"
          autoComplete="off"
          spellCheck={false}
          placeholder={placeholder}
          defaultValue={params.get(name) ?? ""}
          onChange={({ currentTarget: { value } }) => {
            clearTimeout(timer.current);
            timer.current = setTimeout(find, pause, value);
          }}
          className={`${controlClass} px-9`}
        />
      </div>
    </form>
  );
}
