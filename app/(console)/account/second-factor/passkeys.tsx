import { Plus, Trash2 } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { FactorSection } from "./factor-section.tsx";

interface Passkey {
  id: string;
  name: string;
  createdAt: Date;
  lastUsedAt: Date | null;
}

export function Passkeys(props: {
  passkeys: readonly Passkey[];
  addHref: string;
  addWhy: string | undefined;
  removeHref: (id: string) => string;
  removeWhy: string | undefined;
}) {
  const icon = <Plus aria-hidden className="size-4" />;
  return (
    <FactorSection
      id="passkeys"
      title="Passkeys"
      note={props.addWhy}
      description="A fingerprint, face or PIN of your device, or a security key. With a passkey you can also sign in without your password."
      actions={
        props.addWhy ? (
          <Button icon={icon} disabledReason={props.addWhy}>
            Add a passkey
          </Button>
        ) : (
          <LinkButton href={props.addHref} icon={icon} scroll={false}>
            Add a passkey
          </LinkButton>
        )
      }
    >
      {props.passkeys.length > 0 && (
        <ul aria-label="Your passkeys" className="divide-y divide-line border-y border-line">
          {props.passkeys.map((passkey) => (
            <li key={passkey.id} className="flex items-center gap-3 py-2">
              <div className="min-w-0 grow">
                <p className="font-medium wrap-anywhere">{passkey.name}</p>
                <p className="text-xs text-mute">
                  Added <RelativeTime at={passkey.createdAt} />
                  {passkey.lastUsedAt ? (
                    <>
                      {" · last used "}
                      <RelativeTime at={passkey.lastUsedAt} />
                    </>
                  ) : (
                    " · not used yet"
                  )}
                </p>
              </div>
              <IconButton
                label="Remove"
                of={passkey.name}
                icon={<Trash2 aria-hidden />}
                danger
                href={props.removeHref(passkey.id)}
                disabledReason={props.removeWhy}
              />
            </li>
          ))}
        </ul>
      )}
    </FactorSection>
  );
}
