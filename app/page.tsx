import { redirect } from "next/navigation";
import { enrolmentPath, signInPath } from "#lib/web/return-path.ts";
import { currentCall } from "#lib/web/session.ts";
import { placesFor } from "./(console)/places.tsx";

/** The front page leads to the first place that the actor may open. */
export default async function FrontPage() {
  const { actor, at } = await currentCall("page");
  if (actor.kind !== "user") redirect(signInPath("/"));
  if (actor.mustEnrol) redirect(enrolmentPath);
  redirect(placesFor(actor, at.getTime())[0]?.href ?? "/account");
}
