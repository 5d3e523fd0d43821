import { expect } from "chai";
import { sql } from "drizzle-orm";
import { startPostgres, type TestPostgres } from "../../test/postgres.ts";
import { openPostgres } from "./postgres.ts";

describe("What is exclusive in a Postgres store", () => {
  let postgres: TestPostgres;
  before(async () => {
    postgres = await startPostgres();
  });
  after(() => postgres.stop());

  it("finds a connection for its work however many others are exclusive too", async () => {
    const store = await openPostgres(await postgres.database());
    try {
      const done = await Promise.all(
        Array.from({ length: 40 }, (_, index) =>
          store.exclusively(`name ${index}`, async () => {
            await store.db.execute(sql`select 1`);
            return index;
          }),
        ),
      );
      expect(done).to.deep.equal(Array.from({ length: 40 }, (_, index) => index));
    } finally {
      await store.close();
    }
  });
});
