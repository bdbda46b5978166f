"use client";
import { Search, X } from "lucide-react";
import { useState } from "react";
import { controlClass } from "#components/form/control-class.ts";
import { Kbd } from "#components/ui/kbd.tsx";
import { Spinner } from "#components/ui/spinner.tsx";
import { useSuggestions } from "#components/ui/use-suggestions.ts";
import { CarriedParams } from "./carried-params.tsx";
import { listParams } from "./list-url.ts";
import { complete, completionAt, type SearchToken, type Suggestion } from "./search-tokens.ts";
import { useSearchText } from "./use-search-text.ts";

/** One box for everything that can be asked of a list: words, and typed tokens that it offers; `/` goes there. */
export function SearchBox(props: { label: string; placeholder?: string; tokens?: readonly SearchToken[] }) {
  const search = useSearchText();
  const [open, setOpen] = useState(false);
  const completion = completionAt(search.text, search.caret, props.tokens ?? []);
  const list = useSuggestions(completion.suggestions, {
    open,
    label: "Suggestions",
    onClose: () => setOpen(false),
    onPick(suggestion: Suggestion) {
      const next = complete(search.text, completion, suggestion);
      search.put(next.text, next.caret);
      list.reset();
    },
  });

  return (
    <search className="relative block w-full min-w-0 sm:max-w-md">
      <form
        method="get"
        action={search.pathname}
        onSubmit={(event) => {
          event.preventDefault();
          setOpen(false);
          search.submit();
        }}
      >
        <CarriedParams except={[listParams.search]} />
        <span className="pointer-events-none absolute inset-y-0 left-2.5 grid place-items-center text-mute">
          {search.pending ? <Spinner /> : <Search aria-hidden className="size-4" />}
        </span>
        <input
          {...list.inputProps}
          ref={search.ref}
          type="text"
          name={listParams.search}
          enterKeyHint="search"
          autoComplete="off"
          spellCheck={false}
          autoCapitalize="none"
          aria-label={props.label}
          placeholder={props.placeholder ?? "Search"}
          value={search.text}
          onFocus={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onSelect={(event) => search.moveTo(event.currentTarget.selectionStart ?? 0)}
          onChange={(event) => {
            setOpen(true);
            list.reset();
            search.type(event.currentTarget.value, event.currentTarget.selectionStart ?? 0);
          }}
          className={`${controlClass} px-9`}
        />
        <span className="absolute inset-y-0 right-1.5 grid place-items-center">
          {search.text ? (
            <button
              type="button"
              aria-label="Clear search"
              onClick={search.clear}
              className="grid size-6 place-items-center rounded text-mute hover:text-ink pointer-coarse:size-9"
            >
              <X aria-hidden className="size-4" />
            </button>
          ) : (
            <span aria-hidden className="px-1 pointer-coarse:hidden">
              <Kbd>/</Kbd>
            </span>
          )}
        </span>
        {list.expanded && (
          <div
            {...list.listProps}
            className="absolute inset-x-0 top-full z-20 mt-1 max-h-72 animate-appear overflow-y-auto rounded-lg bg-raised p-1 shadow-float"
          >
            {completion.suggestions.map((suggestion, index) => (
              <div
                key={suggestion.text}
                {...list.optionProps(index, suggestion)}
                className="flex min-h-7 items-baseline justify-between gap-4 rounded-md px-2 py-1 text-sm aria-selected:bg-hover pointer-coarse:min-h-10"
              >
                <span className="font-medium">{suggestion.text}</span>
                <span className="truncate text-xs text-mute">{suggestion.hint}</span>
              </div>
            ))}
          </div>
        )}
      </form>
    </search>
  );
}
