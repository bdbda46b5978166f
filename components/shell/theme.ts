export type Theme = "system" | "light" | "dark";

/** The server reads it to write the right colours into the first byte of the page. */
export const themeCookie = "theme";

/** What a cookie says, or the system's choice for anything else. */
export function themeFrom(value: string | undefined): Theme {
  return value === "light" || value === "dark" ? value : "system";
}
