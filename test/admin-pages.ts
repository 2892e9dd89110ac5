import { createSession } from "~/accounts/sessions.server";
import { db } from "./database";
import { makeUser } from "./factories";
import { readRouteTable } from "./route-table";
import { pagesOf, send, serveApp } from "./web";

export type Fields = Record<string, string | string[]>;

/** Pages of admins and the API on one address, and what reads and posts as browsers without scripts do. */
export async function serveAdminPages(...ids: string[]) {
  const table = await readRouteTable();
  const wanted = Object.entries(table).filter(([id]) => [...ids, "routes/api"].includes(id));
  const routes = wanted.map(([id, route]) => {
    const { path, parentId, module } = route;
    return [id, parentId ? { path: `${table[parentId]?.path}/${path}`, module } : route];
  });
  const { origin } = await serveApp({ pages: await pagesOf(Object.fromEntries(routes)) });
  const as = async (role: "admin" | "moderator") => {
    const user = await makeUser(db, { role });
    const headers = {
      Cookie: `session=${(await createSession(db, user.id)).token}`,
      Origin: origin,
      Accept: "text/html",
      "Content-Type": "application/x-www-form-urlencoded",
    };
    const read = async (path: string) => pageOf(await send(origin + path, { headers }));
    const post = async (path: string, fields: Fields) => {
      const pairs = Object.entries(fields).flatMap(([name, value]) =>
        [value].flat().map((one) => [name, one]),
      );
      const body = new URLSearchParams(pairs).toString();
      return pageOf(await send(origin + path, { method: "POST", headers, body }));
    };
    return { user, read, post };
  };
  return { origin, as };
}

function pageOf({ status, headers, body }: Awaited<ReturnType<typeof send>>) {
  // What the page's scripts get is not what a person reads.
  const html = body.replace(/<script[\s\S]*?<\/script>/g, "").replaceAll("<!-- -->", "");
  return { status, headers, to: headers.location, html };
}
