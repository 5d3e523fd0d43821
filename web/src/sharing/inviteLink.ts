/**
 * The link that invites to a private character: its page, with the invite in the fragment, which no browser sends to a
 * server. What stands there is written by the SDK's `encodeInvite`.
 */
const PREFIX = "#invite=";

/** @param invite As `encodeInvite` wrote it: made of letters that need no escape in an address. */
export function inviteLink(origin: string, characterId: bigint, invite: string): string {
  return `${origin}/c/${characterId}${PREFIX}${invite}`;
}

/** The invite in a page's fragment, for `decodeInvite`; undefined where there is none. */
export function inviteIn(fragment: string): string | undefined {
  return fragment.startsWith(PREFIX) ? fragment.slice(PREFIX.length) || undefined : undefined;
}
