import type { Announcement, RoleCall } from "@stelai/sdk";
import { useStelaiQuery } from "@stelai/sdk/react";

/** What was announced, with the change that it is; undefined where it is none that can be made here. */
export type Announced = Announcement & { readonly call: RoleCall | undefined };

/** As many as the index tells at once. */
const MOST = 200;

/** What was announced for the contracts, the newest first, from the index. */
export function useAnnouncements() {
  return useStelaiQuery(
    ["announcements"],
    async (stelai, signal): Promise<Announced[]> => {
      const { announcements } = await stelai.credits.listAnnouncements({ limit: MOST, signal });
      return Promise.all(announcements.map(async (one) => ({ ...one, call: await stelai.roles.callOf(one) })));
    },
    { refetchInterval: 15_000 },
  );
}
