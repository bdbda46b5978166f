import { TextField } from "./text-field.tsx";

/** Who somebody is: the same fields at set-up, at sign-up and where an administrator adds or edits a person. */
export function IdentityFields(props: {
  /** Own account: the browser may fill it in. */
  own?: boolean;
  /** A username is for good: left out where the person exists already. */
  withoutUsername?: boolean;
  /** An address that is proven already: it is shown and sent, and not typed. */
  settledEmail?: string | undefined;
  /** To be looked at only. */
  readOnly?: boolean;
  values?: { email: string; givenName: string; familyName: string };
}) {
  const fill = (name: string) => (props.own ? name : "off");
  return (
    <>
      {!props.withoutUsername && (
        <TextField
          name="username"
          label="Username"
          description="3 or more letters, digits, dots, hyphens or underscores."
          autoComplete={fill("username")}
          spellCheck={false}
          required
        />
      )}
      <TextField
        name="email"
        label="Email"
        type="email"
        autoComplete={fill("email")}
        defaultValue={props.settledEmail ?? props.values?.email}
        readOnly={props.settledEmail !== undefined || (props.readOnly ?? false)}
        spellCheck={false}
        required
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          name="givenName"
          label="First name"
          autoComplete={fill("given-name")}
          defaultValue={props.values?.givenName}
          readOnly={props.readOnly ?? false}
        />
        <TextField
          name="familyName"
          label="Last name"
          autoComplete={fill("family-name")}
          defaultValue={props.values?.familyName}
          readOnly={props.readOnly ?? false}
        />
      </div>
    </>
  );
}
