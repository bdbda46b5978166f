import { Avatar } from "./avatar.tsx";
import { Badge } from "./badge.tsx";
import { Link } from "./link.tsx";

/** A person in a list: initials, name, and under it what tells them apart. */
export function Identity(props: {
  id: string;
  name: string;
  detail?: string | undefined;
  /** The person who is looking. */
  you?: boolean | undefined;
  href?: string | undefined;
}) {
  return (
    <span className="flex min-w-0 items-center gap-3">
      <Avatar id={props.id} name={props.name} />
      <span className="max-w-[22rem] min-w-0">
        <span className="flex flex-wrap items-center gap-x-1.5">
          {props.href ? (
            <Link href={props.href} className="min-h-6 content-center font-medium hover:underline">
              {props.name}
            </Link>
          ) : (
            <span className="font-medium">{props.name}</span>
          )}
          {props.you && <Badge tone="accent">You</Badge>}
        </span>
        {props.detail && <span className="block text-xs text-mute">{props.detail}</span>}
      </span>
    </span>
  );
}
