import type { Metadata } from "next";
import { PageHeader } from "#components/shell/page-header.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { explainUserAccess, findPeople, type UserAccess, viewCalculator } from "#lib/calculator/index.ts";
import { pageHref, type SearchProps } from "#lib/web/page-href.ts";
import { read, readIfThere } from "#lib/web/read.ts";
import { AboutLinks } from "./about-links.tsx";
import { RolesAnswer, UserAnswer, WhoAnswer } from "./answers.tsx";
import { type Asked, askedIn, toolsPath } from "./asked.ts";
import { CircumstancesFields } from "./circumstances-fields.tsx";
import { InstantQuestion } from "./instant-question.tsx";
import { PersonQuestion } from "./person-question.tsx";
import { SelectQuestion, TextQuestion } from "./question-field.tsx";
import { QuestionForm } from "./question-form.tsx";
import { RoleSetQuestion } from "./role-set-question.tsx";

export const metadata: Metadata = { title: "Permission calculator" };

/** What somebody may do and why, or who may do something; the whole question is the address. */
export default async function ToolsPage({ searchParams }: SearchProps) {
  const params = await searchParams;
  const choices = await read(viewCalculator, {});
  const asked = askedIn(params);
  const { circumstances, atProblem } = asked;
  const wanted = asked.about ?? (asked.roles.length > 0 || asked.expression ? "roles" : "user");
  const about = choices.peopleWhy ? "roles" : wanted;
  const access = about === "user" && !atProblem ? await userAccess(asked) : undefined;
  const user = access && access !== "gone" ? access.user : undefined;
  const chosen = user && { id: user.id, name: user.name || user.username };
  const find = asked.find === chosen?.name ? undefined : asked.find;
  const found = about === "user" && find ? await read(findPeople, { q: find }) : [];
  return (
    <>
      <PageHeader
        title="Permission calculator"
        description="What somebody may do and which roles give it, or who may do something."
      />
      <QuestionForm action={<LinkButton href={`${toolsPath}?for=${about}`}>Start over</LinkButton>}>
        <AboutLinks
          about={about}
          peopleWhy={choices.peopleWhy}
          href={(next) =>
            pageHref(toolsPath, params, { for: next, find: undefined, after: undefined, before: undefined })
          }
        />
        <Kept asked={asked} about={about} />
        <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2 lg:grid-cols-3">
          {about === "user" && <PersonQuestion chosen={chosen} find={find} found={found} />}
          {about === "roles" && (
            <RoleSetQuestion
              chosen={asked.roles}
              options={choices.roles}
              hrefWithout={(role) =>
                pageHref(toolsPath, { ...params, role: asked.roles.filter((one) => one !== role) }, {})
              }
            />
          )}
          {about === "roles" && choices.expressions && (
            <TextQuestion
              name="expression"
              label="Role expression"
              value={asked.expression}
              description="Such as rule_only,node_read."
              maxLength={2000}
            />
          )}
          <SelectQuestion
            name="permission"
            label="Permission"
            value={asked.permission}
            groups={choices.permissions}
            placeholder={about === "who" ? "Choose a permission" : "Every permission"}
          />
          <InstantQuestion at={circumstances.at} zone={circumstances.zone} error={atProblem} />
        </div>
        <CircumstancesFields about={about} asked={asked} choices={choices} />
      </QuestionForm>
      {!atProblem && about === "user" && <UserAnswer asked={asked} access={access} />}
      {!atProblem && about === "roles" && <RolesAnswer asked={asked} expressions={choices.expressions} />}
      {!atProblem && about === "who" && <WhoAnswer asked={asked} params={params} />}
    </>
  );
}

async function userAccess({
  user,
  permission,
  circumstances,
}: Asked): Promise<UserAccess | "gone" | undefined> {
  if (!user) return undefined;
  return (await readIfThere(explainUserAccess, { ...circumstances, user, permission })) ?? "gone";
}

/** What the form does not ask for and a new question keeps. */
function Kept({ asked, about }: { asked: Asked; about: string }) {
  return (
    <>
      <input type="hidden" name="for" value={about} />
      {asked.q && <input type="hidden" name="q" value={asked.q} />}
      {asked.show === "held" && <input type="hidden" name="show" value="held" />}
    </>
  );
}
