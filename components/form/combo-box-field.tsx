"use client";
import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { Button, ComboBox, Input, ListBox, ListBoxItem, Popover, Text } from "react-aria-components";
import { useOverlayContainer } from "#components/ui/overlay-container.tsx";
import type { Choice } from "./choice.ts";
import { controlClass } from "./control-class.ts";
import { FieldFrame } from "./field-frame.tsx";
import { type FieldProps, textOf, useField } from "./use-field.ts";

/** One of many, found by typing; the value of the chosen one is sent. */
export function ComboBoxField(
  props: FieldProps & { options: readonly Choice[]; defaultValue?: string | undefined; placeholder?: string },
) {
  const field = useField(props);
  const container = useOverlayContainer();
  const [chosen, setChosen] = useState<string | null>(textOf(field.sent, props.defaultValue) ?? null);
  return (
    <FieldFrame {...field} label={props.label} required={props.required} description={props.description}>
      <input type="hidden" name={props.name} value={chosen ?? ""} />
      <ComboBox
        aria-label={props.label}
        menuTrigger="focus"
        defaultSelectedKey={chosen}
        defaultItems={props.options}
        disabledKeys={props.options.filter((option) => option.disabledReason).map((option) => option.value)}
        onSelectionChange={(key) => {
          setChosen(key === null ? null : String(key));
          field.changed();
        }}
      >
        <div className="relative">
          <Input
            id={field.id}
            aria-required={field.control["aria-required"]}
            aria-invalid={field.control["aria-invalid"]}
            aria-describedby={field.control["aria-describedby"]}
            placeholder={props.placeholder}
            className={`${controlClass} pr-10`}
          />
          <Button
            aria-label="Show all"
            className="absolute inset-y-0 right-1 my-auto grid size-7 place-items-center rounded text-mute hover:text-ink"
          >
            <ChevronDown aria-hidden className="size-4" />
          </Button>
        </div>
        <Popover
          UNSTABLE_portalContainer={container}
          className="w-(--trigger-width) animate-appear rounded-lg bg-raised shadow-float"
        >
          <ListBox<Choice> className="max-h-72 overflow-y-auto p-1 outline-hidden">
            {(option) => (
              <ListBoxItem
                id={option.value}
                textValue={option.label}
                className="rounded-md px-2 py-1.5 text-sm outline-hidden data-disabled:text-mute data-focused:bg-hover data-selected:font-medium data-selected:text-accent"
              >
                <Text slot="label">{option.label}</Text>
                {(option.description ?? option.disabledReason) && (
                  <Text slot="description" className="block text-xs font-normal text-mute">
                    {option.disabledReason ?? option.description}
                  </Text>
                )}
              </ListBoxItem>
            )}
          </ListBox>
        </Popover>
      </ComboBox>
    </FieldFrame>
  );
}
