import { readRouteTable } from "./route-table";
import { pagesOf, send, serveApp } from "./web";

export type Called = {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  // biome-ignore lint/suspicious/noExplicitAny: what came is what a test looks at
  body: any;
};

export type Call = {
  /** An API key or a user token. */
  as?: string;
  /** The token of a session. */
  cookie?: string;
  /** Is sent as JSON; a string as it is. */
  body?: unknown;
  headers?: Record<string, string>;
};

let pages: ReturnType<typeof pagesOf> | undefined;

/** The program with its API on a free port, and what calls it as a program would. */
export async function serveApi() {
  pages ??= readRouteTable().then(({ "routes/api": api, "routes/openapi": openapi }) => {
    if (!api || !openapi) throw new Error("There is no API");
    return pagesOf({ "routes/api": api, "routes/openapi": openapi });
  });
  const { origin } = await serveApp({ pages: await pages });
  const call = async (method: string, path: string, asked: Call = {}): Promise<Called> => {
    const { as, cookie, body, headers } = asked;
    const answer = await send(`${origin}/api/v1${path}`, {
      method,
      headers: {
        ...(as && { Authorization: `Bearer ${as}` }),
        ...(cookie && { Cookie: `session=${cookie}` }),
        ...(body !== undefined && { "Content-Type": "application/json" }),
        ...headers,
      },
      body: body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body),
    });
    const isJson = String(answer.headers["content-type"]).includes("json");
    return { ...answer, body: isJson && answer.body ? JSON.parse(answer.body) : answer.body };
  };
  return { origin, call };
}
