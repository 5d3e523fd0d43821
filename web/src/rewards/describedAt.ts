/**
 * Where a campaign describes itself, as a link: whoever starts one writes what they like there, so only what leads to a
 * page is one.
 * @param gatewayUrl Of an `ipfs://` address, where it can be opened.
 */
export function describedAt(uri: string, gatewayUrl: (uri: string) => string): string | undefined {
  if (/^https:\/\/[^\s/]/i.test(uri)) return uri;
  return /^ipfs:\/\/\w/.test(uri) ? gatewayUrl(uri) : undefined;
}
