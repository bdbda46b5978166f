import type { Call } from "../../lib/kernel/call.ts";
import { database, type Reader } from "../../lib/kernel/database.ts";
import { listUsers } from "../../lib/users/index.ts";
import { Prisma } from "../../prisma/generated/client.ts";

interface Node {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  "Parent Relationship"?: string;
  "Subplan Name"?: string;
  Plans?: Node[];
}

/** How PostgreSQL finds the page: the indexes it takes, and what it reads from one end to the other. */
export async function planOf(call: Call, input: unknown): Promise<{ page: string; scans: string[] }> {
  const statement = await statementOf(call, input);
  const [row] = await database().$queryRaw<{ "QUERY PLAN": { Plan: Node }[] }[]>(
    Prisma.sql`EXPLAIN (FORMAT JSON) ${statement}`,
  );
  const reads = nodes(row?.["QUERY PLAN"][0]?.Plan as Node).filter((node) =>
    /^(Seq|Index|Index Only|Bitmap Heap) Scan$/.test(node["Node Type"]),
  );
  return {
    page: [...new Set(reads.map(words))].join(", "),
    scans: reads
      .filter((node) => node["Node Type"] === "Seq Scan" && node["Relation Name"] !== "roles")
      .map(words),
  };
}

const words = (node: Node) => {
  const how = node["Node Type"].replace(" Scan", "").toLowerCase();
  return `${how} ${node["Index Name"] ?? node["Relation Name"] ?? ""}`;
};

/** Without the roles of each row shown, and without what ends at the limit of the count. */
function nodes(node: Node): Node[] {
  const within = (node.Plans ?? []).filter(
    (part) =>
      part["Parent Relationship"] !== "SubPlan" &&
      !/^CTE (matches|counted)$|^InitPlan/.test(part["Subplan Name"] ?? ""),
  );
  return [node, ...within.flatMap(nodes)];
}

/** The statement of the list itself, caught on its way to the database. */
async function statementOf(call: Call, input: unknown): Promise<Prisma.Sql> {
  let caught: Prisma.Sql | undefined;
  const catching = {
    role: database().role,
    $queryRaw: async (strings: TemplateStringsArray, ...values: unknown[]) => {
      caught ??= Prisma.sql(strings, ...values);
      return [];
    },
  };
  const reader = catching as unknown as Reader;
  await listUsers.run(
    { call, actor: call.actor, at: call.at.getTime(), reader },
    listUsers.input.parse(input),
  );
  return caught as Prisma.Sql;
}
