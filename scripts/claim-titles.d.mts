export function titlesIn(source: string): string[];
export function claimsIn(title: string): string[];
