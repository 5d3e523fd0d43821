import { type LookupAddress, type LookupAllOptions, lookup } from "node:dns";
import { Agent } from "node:https";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { type Dispatcher, Agent as UndiciAgent } from "undici";

/** Networks that are nobody's business to reach from here (IANA special-purpose registries, RFC 6890). */
const PRIVATE = new BlockList();
for (const [network, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
] as const) {
  PRIVATE.addSubnet(network, prefix, "ipv4");
}
/** What is routed on the public internet over IPv6 begins with 2 or 3; of that, these carry other addresses. */
const PUBLIC6 = new BlockList();
PUBLIC6.addSubnet("2000::", 3, "ipv6");
for (const [network, prefix] of [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const) {
  PRIVATE.addSubnet(network, prefix, "ipv6");
}

/** Whether an IP address is one of the public internet. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !PRIVATE.check(address, "ipv4");
  return family === 6 && PUBLIC6.check(address, "ipv6") && !PRIVATE.check(address, "ipv6");
}

/** Whether a URL is https on a host that may be on the public internet; what its name leads to is checked again later. */
export function isPublicHttps(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password, port } = new URL(text);
  if (protocol !== "https:" || username !== "" || password !== "" || port !== "") return false;
  const host = hostname.replace(/^\[|\]$/g, "");
  if (isIP(host) !== 0) return isPublicAddress(host);
  return host.includes(".") && !/\.(?:localhost|local|internal|lan|home\.arpa|onion|test|invalid)\.?$/.test(host);
}

/** Thrown when a name leads to where nobody from outside may send this process. */
export class PrivateNetworkError extends Error {
  override readonly name = "PrivateNetworkError";

  constructor(hostname: string) {
    super(`${hostname} leads into a private network`);
  }
}

/** As `lookup` of node:dns, asked for all addresses. */
export type Resolve = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * Resolves a name, and fails when it leads into a private network: a name may point anywhere, and change. What was
 * checked is what is connected to.
 */
export function publicLookup(resolve: Resolve): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) {
        callback(error, "", 0);
        return;
      }
      const [first] = addresses;
      if (first === undefined || !addresses.every(({ address }) => isPublicAddress(address))) {
        callback(new PrivateNetworkError(hostname), "", 0);
      } else if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

/** Connects to the public internet alone. */
export function publicDispatcherOver(resolve: Resolve): Dispatcher {
  return new UndiciAgent({ connect: { lookup: publicLookup(resolve), timeout: 10_000 }, connections: 16 });
}

export const publicDispatcher = publicDispatcherOver(lookup);

/** The same for clients that take an agent of `node:https`. */
export const publicAgent = new Agent({
  lookup: publicLookup(lookup),
  keepAlive: true,
  maxSockets: 16,
  timeout: 10_000,
});
