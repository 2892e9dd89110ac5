import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { isPublicAddress } from "./public-address";

export type Resolved = { address: string; family: number };

/** Asks the machine's own resolver, as any program does. */
export type Lookup = (hostname: string) => Promise<Resolved[]>;

/** A host whose name leads nowhere, or to where nothing of ours may be sent. */
export class NotPublic extends Error {}

/**
 * The address of a host of the public internet. It is for one request, which has to go to that very
 * address: asked again, DNS may answer differently.
 *
 * @throws NotPublic when a single one of its addresses is not public
 * @throws what the resolver throws
 */
export async function resolvePublic(
  hostname: string,
  lookUp: Lookup = (name) => lookup(name, { all: true, verbatim: true }),
): Promise<Resolved> {
  const literal = hostname.replace(/^\[(.*)\]$/, "$1");
  const family = isIP(literal);
  const found = family ? [{ address: literal, family }] : await lookUp(literal);
  const [first] = found;
  if (!first || !found.every(({ address }) => isPublicAddress(address))) {
    throw new NotPublic(`${hostname} is no host of the public internet`);
  }
  return first;
}
