/**
 * What of a network address is counted by: one household or server commands a whole IPv6 /64, so that counts as one.
 * Whatever is no IPv6 address is left as it is.
 */
export function networkPart(networkAddress: string): string {
  if (!networkAddress.includes(":")) return networkAddress.toLowerCase();
  const text = networkAddress.toLowerCase();
  const mapped = /^::ffff:([0-9.]+)$/.exec(text)?.[1];
  if (mapped !== undefined) return mapped;
  const [head = "", tail] = text.split("%")[0]?.split("::") ?? [];
  const front = head === "" ? [] : head.split(":");
  const back = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - front.length - back.length);
  const groups = [...front, ...Array<string>(zeros).fill("0"), ...back];
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":");
}
