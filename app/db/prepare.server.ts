import type { Storage } from "~/storage/storage";
import { connect } from "./client.server";
import { migrate } from "./migrate.server";
import { seedDemoMarket } from "./seed/seed.server";

/**
 * Makes a database ready to serve: schema, and with `demo` the demo market if nobody is in it.
 *
 * @param demo where the pictures of the demo market go
 * @returns whether the demo market was made now
 */
export async function prepareDatabase(url: string, demo: Storage | null): Promise<boolean> {
  await migrate(url);
  if (!demo) return false;
  const { db, close } = connect(url, { max: 1 });
  try {
    return await seedDemoMarket(db, demo, new Date());
  } finally {
    await close();
  }
}
