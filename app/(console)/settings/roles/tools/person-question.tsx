"use client";
import { useEffect, useId, useRef, useState } from "react";
import { controlClass } from "#components/form/control-class.ts";
import { useListUrl } from "#components/table/use-list-url.ts";
import { Link } from "#components/ui/link.tsx";
import { useEarlyValue } from "#components/ui/use-early-value.ts";
import { useHydrated } from "#components/ui/use-hydrated.ts";
import { useSuggestions } from "#components/ui/use-suggestions.ts";
import type { FoundPerson } from "#lib/calculator/index.ts";
import { useFollowed } from "./use-followed.ts";

const pause = 250;

/** Finds a person by name: the address carries what is looked for, the server answers with the first few. */
export function PersonQuestion(props: {
  chosen: { id: string; name: string } | undefined;
  find: string | undefined;
  found: readonly FoundPerson[];
}) {
  const { chosen, find, found } = props;
  const id = useId();
  const url = useListUrl();
  const hydrated = useHydrated();
  const hidden = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [text, setText] = useFollowed(find ?? chosen?.name ?? "");
  const [open, setOpen] = useState(false);
  useEffect(() => () => clearTimeout(timer.current), []);

  const list = useSuggestions(found, {
    // What was found for another text than the one in the box is not what Enter means.
    open: open && find === text.trim(),
    label: "People",
    autoSelect: true,
    onClose: () => setOpen(false),
    onPick(person: FoundPerson) {
      clearTimeout(timer.current);
      setOpen(false);
      setText(nameOf(person));
      if (!hidden.current) return;
      hidden.current.value = person.id;
      // The form asks with what its fields have by now; the text is no longer something to look for.
      box.current?.removeAttribute("name");
      hidden.current.form?.requestSubmit();
    },
  });

  function look(value: string) {
    setText(value);
    setOpen(true);
    list.reset();
    clearTimeout(timer.current);
    timer.current = setTimeout(() => url.go({ find: value.trim() || null }, "replace"), pause);
  }

  const box = useRef<HTMLInputElement>(null);
  useEarlyValue(box, ({ value }) => look(value));

  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="font-medium">
        User
      </label>
      <input ref={hidden} type="hidden" name="user" defaultValue={chosen?.id ?? ""} />
      <div className="relative">
        <input
          {...list.inputProps}
          ref={box}
          id={id}
          name={text === chosen?.name ? undefined : "find"}
          type="text"
          maxLength={200}
          spellCheck={false}
          placeholder="Name, username or email"
          value={text}
          aria-busy={url.pending || undefined}
          onFocus={(event) => {
            event.currentTarget.select();
            setOpen(true);
          }}
          onBlur={() => setOpen(false)}
          onChange={(event) => look(event.currentTarget.value)}
          className={controlClass}
        />
        {list.expanded && (
          <div
            {...list.listProps}
            className="absolute inset-x-0 top-full z-20 mt-1 max-h-72 animate-appear overflow-y-auto rounded-lg bg-raised p-1 shadow-float"
          >
            {found.map((person, index) => (
              <div
                key={person.id}
                {...list.optionProps(index, person)}
                className="flex min-h-8 items-baseline justify-between gap-4 rounded-md px-2 py-1.5 aria-selected:bg-hover pointer-coarse:min-h-11"
              >
                <span className="truncate font-medium">{nameOf(person)}</span>
                <span className="truncate text-xs text-mute">
                  {person.username}
                  {!person.active && " · deactivated"}
                </span>
              </div>
            ))}
          </div>
        )}
      </div>
      <p role="status" className="text-xs text-mute empty:hidden">
        {find !== undefined && found.length === 0 && !url.pending && "Nobody matches."}
      </p>
      {!hydrated && find !== undefined && (
        <ul className="flex flex-wrap gap-x-4 gap-y-1">
          {found.map((person) => (
            <li key={person.id}>
              <Link href={url.href({ user: person.id, find: null })} className="text-accent hover:underline">
                {nameOf(person)} ({person.username})
              </Link>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

const nameOf = ({ name, username }: FoundPerson): string => name || username;
