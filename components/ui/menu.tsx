"use client";
import type { ReactNode } from "react";
import {
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  MenuTrigger,
  Popover,
  Pressable,
  Text,
} from "react-aria-components";
import { type ButtonSize, type ButtonVariant, buttonClass } from "./button-class.ts";
import { useOverlayContainer } from "./overlay-container.tsx";

/** One line of a menu: `href` goes somewhere, `onAction` does something. */
export interface MenuItem {
  label: string;
  icon?: ReactNode;
  href?: string;
  onAction?: () => void;
  danger?: boolean;
  /** Why not: stays visible and says so. */
  disabledReason?: string | undefined;
}

/** A button that opens a list of actions. */
export function Menu(props: {
  /** Text of the button, and its name when it shows only an icon. */
  label: string;
  icon?: ReactNode;
  iconOnly?: boolean;
  variant?: ButtonVariant;
  size?: ButtonSize;
  items: readonly MenuItem[];
}) {
  const container = useOverlayContainer();
  return (
    <MenuTrigger>
      <Pressable>
        <button
          type="button"
          aria-label={props.iconOnly ? props.label : undefined}
          className={buttonClass(props.variant, props.size)}
        >
          {props.icon}
          {!props.iconOnly && props.label}
        </button>
      </Pressable>
      <Popover
        placement="bottom end"
        offset={4}
        UNSTABLE_portalContainer={container}
        className="min-w-44 max-w-72 animate-appear rounded-lg bg-raised shadow-float"
      >
        <AriaMenu
          aria-label={props.label}
          className="max-h-80 overflow-y-auto p-1 outline-hidden"
          disabledKeys={props.items.filter((item) => item.disabledReason).map((item) => item.label)}
        >
          {props.items.map((item) => (
            <AriaMenuItem
              key={item.label}
              id={item.label}
              textValue={item.label}
              href={item.href}
              onAction={item.onAction}
              data-danger={item.danger || undefined}
              className="grid min-h-8 cursor-pointer grid-cols-[auto_1fr] items-center gap-x-2.5 rounded-md px-2 py-1 text-sm outline-hidden data-danger:text-high data-disabled:cursor-not-allowed data-disabled:text-mute data-focused:bg-hover data-danger:data-focused:bg-high-wash pointer-coarse:min-h-11 [&_svg]:size-4"
            >
              {item.icon ?? <span />}
              <Text slot="label">{item.label}</Text>
              {item.disabledReason && (
                <Text slot="description" className="col-start-2 text-xs text-mute">
                  {item.disabledReason}
                </Text>
              )}
            </AriaMenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
