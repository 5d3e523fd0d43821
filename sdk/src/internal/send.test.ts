import { expect } from "chai";
import { estimateContractGas, getTransaction } from "viem/actions";
import { stelaiInBrowser } from "../../test/wallets.ts";
import { newcomer, stelaiOf, withCredits } from "../../test/world.ts";
import { stelaiApprove } from "../generated/fragments.ts";

describe("A transaction", () => {
  for (const kind of ["a key", "a browser's wallet"] as const) {
    it(`of ${kind} is sent with a quarter more gas than it takes when it is signed`, async () => {
      const person = await withCredits();
      const stelai = kind === "a key" ? await stelaiOf(person) : (await stelaiInBrowser(person)).stelai;
      const { publicClient, deployment } = stelai.client;
      const { Stelai, CharacterAccess } = deployment.contracts;
      const estimated = await estimateContractGas(publicClient, {
        ...{ address: Stelai, abi: [stelaiApprove], functionName: "approve", args: [CharacterAccess, 7n * 10n ** 12n] },
        account: person.address,
      });
      const { hash, wait } = await stelai.access.setAllowance({ amount: 7n });
      await wait();
      expect((await getTransaction(publicClient, { hash })).gas).to.equal((estimated * 5n) / 4n);
    });
  }

  it("is told step by step, with how many there are, to whoever shows it", async () => {
    const { stelai } = await stelaiInBrowser(await newcomer());
    const [{ packageId } = { packageId: 0n }] = await stelai.credits.getPackages();
    const shown: string[] = [];
    const onStep = ({ kind, index, count }: { kind: string; index: number; count: number }) =>
      shown.push(`${index + 1} of ${count}: ${kind}`);
    const { steps, wait } = await stelai.credits.buy({ packageId, onStep });
    await wait();
    expect(shown).to.deep.equal(["1 of 2: approve", "2 of 2: call"]);
    expect(steps).to.have.length(2);
    const batching = await stelaiInBrowser(await newcomer(), { status: "supported" });
    shown.length = 0;
    await (await batching.stelai.credits.buy({ packageId, onStep })).wait();
    expect(shown).to.deep.equal(["1 of 1: batch"]);
  });
});
