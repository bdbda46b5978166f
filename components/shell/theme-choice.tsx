"use client";
import { Monitor, Moon, Sun } from "lucide-react";
import { type Theme, themeCookie } from "./theme.ts";
import { useTheme } from "./use-theme.ts";

const themes: { value: Theme; label: string; Icon: typeof Sun }[] = [
  { value: "system", label: "As the system", Icon: Monitor },
  { value: "light", label: "Light", Icon: Sun },
  { value: "dark", label: "Dark", Icon: Moon },
];

/** Light, dark, or as the system has it; kept for a year in a cookie that holds nothing else. */
export function ThemeChoice() {
  const current = useTheme();

  function choose(theme: Theme) {
    const age = theme === "system" ? 0 : 31_536_000;
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every supported browser
    document.cookie = `${themeCookie}=${theme}; path=/; max-age=${age}; samesite=lax`;
    if (theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }

  return (
    <fieldset className="flex items-center justify-between gap-3">
      <legend className="float-left text-sm text-soft">Colours</legend>
      <span className="flex rounded-md border border-line-strong p-px">
        {themes.map(({ value, label, Icon }) => (
          <label
            key={value}
            title={label}
            className="grid size-7 place-items-center rounded text-mute hover:text-ink has-checked:bg-pressed has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-focus pointer-coarse:size-9"
          >
            <input
              type="radio"
              name="theme"
              className="sr-only"
              checked={current === value}
              onChange={() => choose(value)}
            />
            <span className="sr-only">{label}</span>
            <Icon aria-hidden className="size-4" />
          </label>
        ))}
      </span>
    </fieldset>
  );
}
