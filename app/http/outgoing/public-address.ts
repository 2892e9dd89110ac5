import ipaddr from "ipaddr.js";

/** All that is given out to networks of the world (RFC 4291, 2.4); what lies beside it is special. */
const globalUnicast = ipaddr.IPv6.parseCIDR("2000::/3");

/**
 * Whether an address is one of the public internet, and not of this machine, its network, or any
 * special use; an IPv4 address within an IPv6 one counts as what it is.
 *
 * @param address as DNS gives it
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed.range() !== "unicast") return false;
  return parsed.kind() === "ipv4" || (parsed as ipaddr.IPv6).match(globalUnicast);
}
