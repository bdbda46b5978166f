import type { Locator, Page } from "@playwright/test";

/** The role matrix as somebody who uses it names its parts. */
export function matrixOf(page: Page) {
  const grid = page.getByRole("grid", { name: "Permissions by role" });
  return {
    grid,
    header: (role: string) => grid.getByRole("columnheader", { name: new RegExp(`^${role} `) }),
    pencil: (role: string) => grid.getByLabel(`Edit role permissions: ${role}`, { exact: true }),
    /** A cell that is only looked at. */
    cell: (permission: string, role: string) =>
      grid.getByRole("button", { name: new RegExp(`^${permission}, ${role}: `) }),
    /** The box of a cell whose role is edited. */
    box: (permission: string, role: string) =>
      grid.getByRole("checkbox", { name: `${permission}, ${role}`, exact: true }),
    editor: (role: string): Locator => page.getByRole("region", { name: `Editing ${role}` }),
  };
}
