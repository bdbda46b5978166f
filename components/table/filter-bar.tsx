import type { ComponentProps } from "react";
import { FilterSelect } from "./filter-select.tsx";
import { SearchBox } from "./search-box.tsx";

/** What narrows a list down: the search box and its filters, in one line where there is room. */
export function FilterBar(props: {
  search: ComponentProps<typeof SearchBox>;
  filters: readonly ComponentProps<typeof FilterSelect>[];
}) {
  return (
    <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
      <SearchBox {...props.search} />
      {props.filters.map((filter) => (
        <FilterSelect key={filter.name} {...filter} />
      ))}
    </div>
  );
}
