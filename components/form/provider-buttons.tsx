import { LogIn } from "lucide-react";
import { buttonClass } from "#components/ui/button-class.ts";
import { classNames } from "#components/ui/class-names.ts";
import type { FormAction } from "#lib/web/form-state.ts";
import { Form } from "./form.tsx";
import { SubmitButton } from "./submit-button.tsx";

export interface OfferedProvider {
  slug: string;
  kind: "oidc" | "saml";
  buttonText: string;
  /** Where a sign-in starts that is no form of ours. */
  href?: string | undefined;
}

/** One button for each identity provider, as its settings name it. */
export function ProviderButtons(props: {
  providers: readonly OfferedProvider[];
  action: FormAction;
  next: string;
  /** The only way in: then they are the page's main buttons. */
  alone: boolean;
}) {
  const variant = props.alone ? "primary" : "secondary";
  const icon = <LogIn aria-hidden className="size-4" />;
  return (
    <ul className="flex flex-col gap-3">
      {props.providers.map(({ slug, buttonText, href }) => (
        <li key={slug}>
          {href ? (
            // A plain link: nothing may follow it before it is pressed.
            <a href={href} className={classNames(buttonClass(variant), "w-full")}>
              {icon}
              {buttonText}
            </a>
          ) : (
            <Form action={props.action}>
              <input type="hidden" name="provider" value={slug} />
              <input type="hidden" name="next" value={props.next} />
              <SubmitButton variant={variant} icon={icon} className="w-full">
                {buttonText}
              </SubmitButton>
            </Form>
          )}
        </li>
      ))}
    </ul>
  );
}
