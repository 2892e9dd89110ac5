import type { Sql } from "postgres";

export type PlanNode = {
  "Node Type": string;
  "Relation Name"?: string;
  Filter?: string;
  Plans?: PlanNode[];
};

/** How PostgreSQL runs a statement: with these values, or without any as it does what is prepared. */
export async function planOf(client: Sql, query: string, params?: unknown[]): Promise<PlanNode[]> {
  const options = params ? "format json" : "generic_plan, format json";
  const [row] = await client.unsafe(`explain (${options}) ${query}`, params as string[]);
  if (!row) throw new Error("No plan was given");
  const [{ Plan }] = row["QUERY PLAN"] as [{ Plan: PlanNode }];
  return [...nodesOf(Plan)];
}

function* nodesOf(plan: PlanNode): Generator<PlanNode> {
  yield plan;
  for (const child of plan.Plans ?? []) yield* nodesOf(child);
}
