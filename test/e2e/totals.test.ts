/** After everything that the browser tests did: what GraphQL tells equals what the contracts hold. */
import { expect } from "chai";
import { expectAgreement } from "../../indexer/test/agreement.ts";
import { readTables, rowsOf } from "../../indexer/test/tables.ts";
import { worldOf } from "../../indexer/test/world.ts";
import { DEMO_ACCOUNTS, DEPLOYER, OPERATOR, TREASURY } from "../../scripts/dev/accounts.ts";
import { stopService } from "../../scripts/dev/processes.ts";
import { untilIndexKnows, world } from "./world.ts";

describe("the totals after the browser tests' traffic", () => {
  it("are the same in GraphQL as on the chain, table by table", async () => {
    const { stack, urls, rpc } = await world();
    const deployment = { ...stack.deployment, startBlock: Number(stack.deployment.startBlock) };
    // Nothing is settled any more between the two looks.
    await stopService(stack.services.relayer);
    await untilIndexKnows();
    const tables = await readTables(urls.indexer);
    const accounts = [DEPLOYER, OPERATOR, TREASURY, ...DEMO_ACCOUNTS];
    const chain = { rpcUrl: urls.chain, deployment, accounts, request: rpc, stop: () => Promise.resolve() };
    const credits = ["purchases", "tabs", "settlements", "lines", "earnings", "claims", "redemptions"];
    const market = ["works", "offers", "licences", "licenceEvents", "listings", "resales", "workPayers", "workReviews"];
    const economy = ["planPayments", "topUpPayments", "bonusGrants", "referrals", "campaigns", "ethPurchases"];
    for (const name of [...credits, ...market, ...economy]) {
      expect(rowsOf(tables, name), `${name}: the tests left none`).not.to.deep.equal([]);
    }
    // Each way in which an order can end was gone, and nothing is left of those that are over.
    const statuses = new Set(rowsOf(tables, "licences").map(({ status }) => status));
    expect([...statuses]).to.include.members(["Released", "Refunded"]);
    await expectAgreement(worldOf(chain), tables);
  });
});
