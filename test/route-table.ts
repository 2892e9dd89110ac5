import type { RouteConfigEntry } from "@remix-run/route-config";
import routes from "~/routes";

/** A route of `app/routes.ts`; its id is its file without the ending, as Remix has it. */
export type TableRoute = {
  path?: string;
  index?: true;
  parentId?: string;
  module: { loader?: unknown; action?: unknown; default?: unknown };
};

const modules = import.meta.glob<TableRoute["module"]>("../app/routes/**/*.{ts,tsx}");

/** Every route of the program with its module, by id. */
export async function readRouteTable(): Promise<Record<string, TableRoute>> {
  const table: Record<string, TableRoute> = {};
  const add = async (entries: RouteConfigEntry[], parentId?: string): Promise<void> => {
    for (const { file, path, index, children } of entries) {
      const id = file.replace(/\.tsx?$/, "");
      const load = modules[`../app/${file}`];
      if (!load) throw new Error(`There is no module ${file}`);
      table[id] = { path, index: index || undefined, parentId, module: await load() };
      await add(children ?? [], id);
    }
  };
  await add(await routes);
  return table;
}
