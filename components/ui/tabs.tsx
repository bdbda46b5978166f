"use client";
import type { ReactNode } from "react";
import { Tabs as AriaTabs, Tab, TabList, TabPanel } from "react-aria-components";
import { tabClass, tabListClass } from "./tab-class.ts";

/** Views of one thing that need no address of their own. */
export function Tabs(props: {
  label: string;
  tabs: readonly { id: string; label: ReactNode; content: ReactNode }[];
}) {
  return (
    <AriaTabs>
      <TabList aria-label={props.label} className={tabListClass}>
        {props.tabs.map((tab) => (
          <Tab key={tab.id} id={tab.id} className={`${tabClass} cursor-pointer`}>
            {tab.label}
          </Tab>
        ))}
      </TabList>
      {props.tabs.map((tab) => (
        <TabPanel key={tab.id} id={tab.id} className="pt-4">
          {tab.content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
