import type { StelaiClient } from "../../client.ts";
import { relayerResponse } from "../../internal/http.ts";
import { queryOf } from "../../internal/indexer.ts";
import type { Notification, Notifications } from "../../wire.ts";

export type ListNotificationsParameters = {
  /** Go on before this `next` of the page before. */
  before?: string | undefined;
  limit?: number | undefined;
};
export type ListNotificationsReturnType = Notifications;

type Raw = Omit<Notifications, "notifications"> & {
  notifications: (Omit<Notification, "characterId" | "workId"> & {
    characterId: string | null;
    workId: string | null;
  })[];
};

/**
 * The account's feed, newest first. Amounts in `data` are decimal strings.
 * @throws NotSignedInError.
 *
 * @example
 * ```ts
 * const { notifications, unread, next } = await stelai.relayer.listNotifications({ limit: 20 });
 * ```
 */
export async function listNotifications(
  client: StelaiClient,
  { before, limit }: ListNotificationsParameters = {},
): Promise<ListNotificationsReturnType> {
  const path = `/v1/notifications${queryOf({ before, limit })}`;
  const response = await relayerResponse(client, { path, signedIn: true });
  // Not parseWire: what is in `data` stays as it was written.
  const raw = (await response.json()) as Raw;
  const notifications = raw.notifications.map(({ characterId, workId, ...rest }) => {
    return { ...rest, characterId: idOf(characterId), workId: idOf(workId) };
  });
  return { ...raw, notifications };
}

function idOf(text: string | null): bigint | null {
  return text === null ? null : BigInt(text);
}
