import { decode } from "turbo-stream";

/**
 * What a route answered. `signed-out`: it led to the sign-in page. `failed`: no answer (status 0) or
 * one without data.
 */
export type RouteAnswer<Data> =
  | { kind: "data"; status: number; data: Data }
  | { kind: "signed-out" }
  | { kind: "failed"; status: number };

/** What Remix sends where a route throws or redirects; its names are `type` here. */
type Special = { type: string };

/** Reads what one route's loader gives for an address. */
export function loadRoute<Data>(path: string, routeId: string): Promise<RouteAnswer<Data>> {
  const address = dataAddress(path);
  address.searchParams.set("_routes", routeId);
  return ask(address, (value) => (value as Record<string, unknown>)[routeId]);
}

async function ask<Data>(
  address: URL,
  pick: (value: unknown) => unknown,
): Promise<RouteAnswer<Data>> {
  try {
    const response = await fetch(address);
    // A redirect is data to Remix: only signing in is ever asked for here.
    if (response.status === 202) return { kind: "signed-out" };
    // Set on answers of routes alone: a proxy's error page has none.
    if (!response.body || !response.headers.has("X-Remix-Response")) {
      return { kind: "failed", status: response.status };
    }
    const { value } = await decode(response.body, { plugins: [special] });
    const result = pick(value) as { data?: Data; error?: unknown } | Special | undefined;
    if (!result || !("data" in result)) return { kind: "failed", status: response.status };
    return { kind: "data", status: response.status, data: result.data as Data };
  } catch {
    return { kind: "failed", status: 0 };
  }
}

const special = (type: unknown) => ({ value: { type: String(type) } satisfies Special });

function dataAddress(path: string): URL {
  const address = new URL(path, location.href);
  address.pathname += ".data";
  return address;
}
