import { fewWords } from "#lib/listing/index.ts";

/** What one search box can say: free words and typed tokens such as `role:auditor status:inactive dormant:90d`. */
export interface UserSearch {
  words: string[];
  role?: string;
  status?: "active" | "inactive";
  /** Days. */
  dormant?: number;
  /** Tokens that mean nothing here, to be told to whoever typed them. */
  unknown: string[];
}

export function parseSearch(text: string): UserSearch {
  const search: UserSearch = { words: [], unknown: [] };
  for (const part of text.split(/\s+/).filter(Boolean)) {
    const [, token, value = ""] = part.match(/^([a-z]+):(.+)$/i) ?? [];
    if (!token) search.words.push(part);
    else if (!readToken(search, token.toLowerCase(), value)) search.unknown.push(part);
  }
  return { ...search, words: fewWords(search.words) };
}

function readToken(search: UserSearch, token: string, value: string): boolean {
  if (token === "role") search.role = value;
  else if (token === "status" && (value === "active" || value === "inactive")) search.status = value;
  else if (token === "dormant" && /^>?[1-9]\d{0,3}d?$/.test(value))
    search.dormant = Number(value.replace(/\D/g, ""));
  else return false;
  return true;
}
