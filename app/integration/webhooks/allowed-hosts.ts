/**
 * Hosts that the operator lets webhooks go to although they are no hosts of the public internet, or
 * take no TLS: `host` for any port of it, `host:port` for that one.
 */
export type AllowedHosts = readonly string[];

/** @returns null where one is no host that a URL can have */
export function parseAllowedHosts(text: string): AllowedHosts | null {
  const hosts: string[] = [];
  for (const part of text.split(",").map((one) => one.trim())) {
    if (!part) continue;
    // Nothing but a host: no scheme, no path, no credentials, no wildcard.
    if (/[/?#@*\s]/.test(part) || !URL.canParse(`http://${part}`)) return null;
    // As an address has it: in lower case, Punycode, and numbers written the usual way.
    const url = new URL(`http://${part}`);
    const port = /:(\d+)$/.exec(part)?.[1];
    hosts.push(port ? `${url.hostname}:${Number(port)}` : url.hostname);
  }
  return hosts;
}

export function isAllowedHost(url: URL, allowed: AllowedHosts): boolean {
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  return allowed.includes(url.hostname) || allowed.includes(`${url.hostname}:${port}`);
}
