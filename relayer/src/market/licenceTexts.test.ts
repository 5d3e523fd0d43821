import { LICENCES } from "@stelai/sdk/licences";
import { expect } from "chai";
import { keccak256 } from "viem";
import { type Periphery, startPeriphery } from "../../test/periphery.ts";
import { ContentStoreError } from "../content/index.ts";
import { createLogger } from "../log.ts";
import { contentRoutes } from "../routes/content.ts";
import { LicenceTextError, storeLicenceTexts } from "./licenceTexts.ts";

describe("The texts of licences", () => {
  let world: Periphery;

  before(async () => {
    world = await startPeriphery();
  });
  after(() => world.stop());

  it("are served from where offers' terms say, as the bytes that their hash is of", async () => {
    expect(await storeLicenceTexts(world.content, createLogger(world.config))).to.equal(true);
    const app = world.app(contentRoutes(world));
    for (const { uri, hash } of Object.values(LICENCES)) {
      const served = await app.request(uri.replace("ipfs://", "/ipfs/"));
      expect(served.status).to.equal(200);
      expect(keccak256(new Uint8Array(await served.arrayBuffer()))).to.equal(hash);
    }
  });

  it("wait for a storage that is out of reach, and are never stored at another address", async () => {
    const log = createLogger(world.config);
    const away = { add: () => Promise.reject(new ContentStoreError("away")) };
    expect(await storeLicenceTexts(away, log)).to.equal(false);
    const other = await world.content.add(new Uint8Array([1]));
    const refused = await storeLicenceTexts({ add: async () => other }, log).catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(LicenceTextError);
  });
});
