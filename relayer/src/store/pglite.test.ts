import { setTimeout as delay } from "node:timers/promises";
import { expect } from "chai";
import { sql } from "drizzle-orm";
import { openPglite } from "./pglite.ts";

describe("The embedded database", () => {
  it("tidies up by itself, since nobody else does", async () => {
    const store = await openPglite("memory", 100);
    try {
      // Unknown, which is -1, until it is counted for the first time.
      const counted = async () => {
        const found: { rows: { reltuples: number }[] } = (await store.db.execute(
          sql`select reltuples from pg_class where oid = 'relayer.requests'::regclass`,
        )) as never;
        return found.rows[0]?.reltuples;
      };
      expect(await counted()).to.equal(-1);
      while ((await counted()) === -1) await delay(20);
      expect(await counted()).to.equal(0);
    } finally {
      await store.close();
    }
  });
});
