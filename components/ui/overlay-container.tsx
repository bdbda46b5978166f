"use client";
import { createContext, useContext } from "react";

/** An open modal <dialog> covers the page, so what floats above its fields must live inside it. */
export const OverlayContainer = createContext<Element | undefined>(undefined);

/** Where a popover belongs: the dialog around it, else the body. */
export function useOverlayContainer(): Element | undefined {
  return useContext(OverlayContainer);
}
