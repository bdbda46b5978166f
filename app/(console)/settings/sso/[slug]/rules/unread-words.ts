const words: Record<string, string> = {
  claim_missing: "did not come with the claims. Ask the provider to send it, or look at the scopes.",
  overage:
    "is left out because there are too many groups: the provider sends a pointer instead. Let it send only the groups that are assigned to this application.",
};

/** Why somebody's claims make no roles. */
export function unreadWords(why: string, claim: string | undefined): string {
  if (why === "userinfo_failed")
    return "The provider did not answer when it was asked for more about the person.";
  return `The claim ${claim ?? "of a rule"} ${words[why] ?? "could not be read."}`;
}
