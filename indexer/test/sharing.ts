/** Traffic of sharing: allow lists and invites, passes through all they can go through, reviews. */
import { charactersDomain, charactersTypes, meterDomain, meterTypes, payeeOf } from "@stelai/sdk";
import {
  type Address,
  encodeAbiParameters,
  type Hex,
  hashStruct,
  keccak256,
  maxUint256,
  numberToHex,
  parseAbiParameters,
  toHex,
  zeroAddress,
  zeroHash,
} from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { HOSTILE, LONG_URI, sharesOf } from "./traffic.ts";
import type { World } from "./world.ts";

type Actor = World["alice"];
type Invite = { account?: Address; key?: Address; name: string };

const DAY = 86_400;
const WEI_PER_MICROCREDIT = 10n ** 12n;
/** In microcredits; none divides by its days. */
const TERMS = { lifetime: 91_000_007, monthly: 5_000_017, annual: 50_000_033, perInference: 1_000, perUnit: 2_000 };
const [LIFETIME, MONTHLY, ANNUAL] = [0, 1, 2];
const id = (text: string) => keccak256(toHex(text));

/** A character of Bob's that pays Bob and Carol. */
export async function publish(w: World, visibility: number, terms: Partial<typeof TERMS> = {}): Promise<bigint> {
  const creation = {
    ...{ modality: 0, visibility, payee: payeeOf(w.bob.address), personaHash: zeroHash, metadataURI: HOSTILE },
    ...{ terms: { ...TERMS, ...terms }, operators: [w.operator.address], shares: sharesOf(w) },
  };
  const { Characters } = w.contracts;
  await w.mined(w.bob.wallet.writeContract({ ...Characters, functionName: "create", args: [creation] }));
  return w.publicClient.readContract({ ...Characters, functionName: "count" });
}

/** Private characters with their circles: one as it grew, one that a transfer emptied; returns the first. */
export async function circleTraffic(w: World): Promise<bigint> {
  const { Characters } = w.contracts;
  const { alice, bob, carol, treasury, operator } = w;
  const own = { ...Characters, account: bob.account } as const;
  const domain = charactersDomain(w.chain.deployment.chainId, Characters.address);
  const inviteOf = async (characterId: bigint, { account = zeroAddress, key = zeroAddress, name }: Invite) => ({
    ...{ characterId, account, key, expiry: (await w.now()) + BigInt(DAY), salt: id(name) },
    generation: await w.publicClient.readContract({
      ...Characters,
      functionName: "inviteGenerationOf",
      args: [characterId],
    }),
  });
  type Signed = Awaited<ReturnType<typeof inviteOf>>;
  const hashOf = (data: Signed) => hashStruct({ types: charactersTypes, primaryType: "Invite", data });
  const redeem = async (invite: Signed, account: Address, key?: Hex) => {
    const signature = await bob.account.signTypedData({
      domain,
      types: charactersTypes,
      primaryType: "Invite",
      message: invite,
    });
    const message = { invite: hashOf(invite), account };
    const keySignature = key
      ? await privateKeyToAccount(key).signTypedData({
          domain,
          types: charactersTypes,
          primaryType: "Redemption",
          message,
        })
      : "0x";
    const args = [{ invite, signature, keySignature }, account] as const;
    await w.mined(alice.wallet.writeContract({ ...Characters, functionName: "redeemInvite", args }));
  };
  const allow = (characterId: bigint, accounts: Address[], allowed: boolean) =>
    w.mined(bob.wallet.writeContract({ ...own, functionName: "setAllowed", args: [characterId, accounts, allowed] }));

  const [grown, emptied] = [await publish(w, 2), await publish(w, 2)];
  for (const characterId of [grown, emptied]) {
    const many = Array.from({ length: 50 }, (_, index) => numberToHex(index + 7_000, { size: 20 }));
    await allow(characterId, [alice.address, carol.address, alice.address, ...many], true);
    await allow(characterId, [alice.address, treasury.address], true);
    await allow(characterId, [carol.address, operator.address, ...many.slice(3, 30)], false);
    await allow(characterId, [], true);
    const bound = await inviteOf(characterId, { account: carol.address, name: "bound" });
    await redeem(bound, carol.address);
    const key = generatePrivateKey();
    const bearer = await inviteOf(characterId, { key: privateKeyToAccount(key).address, name: "bearer" });
    await redeem(bearer, operator.address, key);
    const invites = [hashOf(bound), id("unused"), id("unused")];
    await w.mined(bob.wallet.writeContract({ ...own, functionName: "revokeInvites", args: [characterId, invites] }));
  }
  await w.mined(bob.wallet.writeContract({ ...own, functionName: "revokeAllInvites", args: [grown] }));
  await w.mined(
    bob.wallet.writeContract({ ...own, functionName: "transferFrom", args: [bob.address, alice.address, emptied] }),
  );
  const changed = { ...Characters, functionName: "setAllowed" } as const;
  await w.mined(alice.wallet.writeContract({ ...changed, args: [emptied, [carol.address], true] }));
  return grown;
}

/** What all who act here do with passes; each call is mined before the next. */
function buyers(w: World) {
  const { CharacterAccess, Stelai } = w.contracts;
  const most = 2 ** 40 - 1;
  return {
    approve: (who: Actor) =>
      w.mined(
        who.wallet.writeContract({
          ...Stelai,
          functionName: "approve",
          args: [CharacterAccess.address, maxUint256],
        }),
      ),
    subscribe: (who: Actor, characterId: bigint, plan: number, renews = false) =>
      w.mined(
        who.wallet.writeContract({
          ...CharacterAccess,
          functionName: "subscribe",
          args: [characterId, plan, most, renews, "0x"],
        }),
      ),
    switchPlan: (who: Actor, characterId: bigint, plan: number, renews: boolean) =>
      w.mined(
        who.wallet.writeContract({
          ...CharacterAccess,
          functionName: "switchPlan",
          args: [characterId, plan, most, renews],
        }),
      ),
    buyLifetime: (who: Actor, characterId: bigint) =>
      w.mined(
        who.wallet.writeContract({
          ...CharacterAccess,
          functionName: "buyLifetime",
          args: [characterId, most, "0x"],
        }),
      ),
    gift: (who: Actor, characterId: bigint, to: Actor, plan: number) =>
      w.mined(
        who.wallet.writeContract({
          ...CharacterAccess,
          functionName: "gift",
          args: [characterId, to.address, plan, most, "0x"],
        }),
      ),
    cancel: (who: Actor, characterId: bigint) =>
      w.mined(who.wallet.writeContract({ ...CharacterAccess, functionName: "cancelNow", args: [characterId, 0n] })),
    setRenewal: (who: Actor, characterId: bigint, plan: number, mandate: number) =>
      w.mined(
        who.wallet.writeContract({
          ...CharacterAccess,
          functionName: "setRenewal",
          args: [characterId, plan, mandate],
        }),
      ),
    renew: (...passes: { characterId: bigint; account: Address }[]) =>
      w.mined(w.operator.wallet.writeContract({ ...CharacterAccess, functionName: "renew", args: [passes] })),
    harvest: (characterId: bigint, days: bigint) =>
      w.mined(w.carol.wallet.writeContract({ ...CharacterAccess, functionName: "harvest", args: [characterId, days] })),
  };
}

/** Passes bought, queued, given, renewed, switched, cancelled and harvested; returns the two characters. */
export async function passTraffic(w: World): Promise<[bigint, bigint]> {
  const { CharacterAccess, Characters, Stelai } = w.contracts;
  const { alice, bob, carol, deployer, operator, treasury } = w;
  const { approve, subscribe, switchPlan, buyLifetime, gift, cancel, setRenewal, renew, harvest } = buyers(w);
  const suspend = (characterId: bigint, suspended: boolean) =>
    w.mined(
      deployer.wallet.writeContract({
        ...Characters,
        functionName: "setSuspended",
        args: [characterId, suspended, HOSTILE],
      }),
    );
  for (const who of [alice, bob, carol]) await approve(who);
  for (const who of [operator, treasury]) {
    await w.mined(
      alice.wallet.writeContract({ ...Stelai, functionName: "transfer", args: [who.address, 100n * 10n ** 18n] }),
    );
    await approve(who);
  }
  const [first, second] = [await publish(w, 0), await publish(w, 1, { monthly: 4_999_999 })];

  // A month that renews, a year behind which gifts queue, a lifetime given on top of what runs.
  await subscribe(alice, first, MONTHLY, true);
  await subscribe(carol, first, ANNUAL);
  await gift(alice, first, carol, MONTHLY);
  await gift(bob, first, carol, ANNUAL);
  await subscribe(operator, first, ANNUAL);
  await gift(alice, first, operator, LIFETIME);
  await gift(bob, second, alice, ANNUAL);
  await gift(bob, second, alice, MONTHLY);
  await gift(alice, second, treasury, LIFETIME);
  await harvest(first, 10n);
  await w.pass(3 * DAY);

  // One that sends more than the price with the call, and cancels on the same day; nothing of a month but its begun day.
  const purchase = encodeAbiParameters(PURCHASE, [
    {
      ...{ characterId: first, account: treasury.address, plan: MONTHLY, maxPrice: TERMS.monthly },
      ...{ renews: false, replaces: false, invite: "0x" as const },
    },
  ]);
  const value = BigInt(TERMS.monthly + 77) * WEI_PER_MICROCREDIT;
  const args = [CharacterAccess.address, value, purchase] as const;
  await w.mined(treasury.wallet.writeContract({ ...Stelai, functionName: "transferAndCall", args }));
  await cancel(treasury, first);
  await setRenewal(carol, first, ANNUAL, TERMS.annual + 1);

  // Renewals: of one that is due, of one that is not, of one that was never agreed to.
  await w.pass(28 * DAY);
  await renew(...[alice, carol, operator].map(({ address }) => ({ characterId: first, account: address })));
  await harvest(first, 7n);
  await cancel(carol, first);
  await harvest(first, 800n);
  await switchPlan(alice, first, ANNUAL, true);
  await gift(carol, first, alice, MONTHLY);
  await subscribe(carol, second, MONTHLY, true);
  await w.pass(2 * DAY + 3_601);

  // Ended early while suspended: by the day, without a new price.
  await suspend(second, true);
  await cancel(alice, second);
  await suspend(second, false);
  await buyLifetime(carol, second);
  await cancel(operator, first);
  // A payee that changes takes what vested before.
  await w.mined(
    bob.wallet.writeContract({
      ...Characters,
      functionName: "setPayee",
      args: [first, payeeOf(bob.address)],
    }),
  );
  await w.pass(40 * DAY);
  await subscribe(carol, first, MONTHLY);
  return [first, second];
}

/** Reviews by pass and by receipt, changed, withdrawn, written anew, answered, and the answer taken back. */
export async function reviewTraffic(w: World, [first, second]: readonly [bigint, bigint]): Promise<void> {
  const { Reviews } = w.contracts;
  const { alice, bob, carol, operator, treasury } = w;
  const review = (who: Actor, characterId: bigint, rating: number, textURI: string) =>
    w.mined(who.wallet.writeContract({ ...Reviews, functionName: "review", args: [characterId, rating, textURI] }));
  const reply = (author: Actor, textURI: string) =>
    w.mined(bob.wallet.writeContract({ ...Reviews, functionName: "reply", args: [first, author.address, textURI] }));
  await review(alice, first, 5, `${HOSTILE}\u0000`);
  await review(carol, first, 1, LONG_URI);
  await review(operator, first, 2, "");
  await review(treasury, first, 4, "ipfs://text");
  await w.pass(60);
  await review(alice, first, 3, HOSTILE);
  await review(carol, second, 4, "");
  await w.mined(carol.wallet.writeContract({ ...Reviews, functionName: "withdraw", args: [second] }));
  await reviewByReceipt(w, second);
  await review(alice, second, 1, "");
  await review(treasury, second, 5, "");
  await reply(alice, HOSTILE);
  await reply(operator, "ipfs://reply");
  await reply(operator, "");
  await w.mined(operator.wallet.writeContract({ ...Reviews, functionName: "withdraw", args: [first] }));
  await w.pass(60);
  await review(operator, first, 5, LONG_URI);
}

/** A little of everything in ten blocks; for what a reorganisation takes back. */
export async function briefTraffic(w: World): Promise<void> {
  const { Characters, Reviews } = w.contracts;
  const { alice, bob } = w;
  const { subscribe, cancel, harvest } = buyers(w);
  const characterId = await publish(w, 2);
  const own = { ...Characters, account: bob.account } as const;
  const allowed = [characterId, [alice.address], true] as const;
  await w.mined(bob.wallet.writeContract({ ...own, functionName: "setAllowed", args: allowed }));
  const revoked = [characterId, [id("lost")]] as const;
  await w.mined(bob.wallet.writeContract({ ...own, functionName: "revokeInvites", args: revoked }));
  await subscribe(alice, characterId, ANNUAL, true);
  await w.pass(3 * DAY);
  await harvest(characterId, 2n);
  await cancel(alice, characterId);
  await w.mined(alice.wallet.writeContract({ ...Reviews, functionName: "review", args: [characterId, 2, HOSTILE] }));
}

/** Carol's review on the operator's word for an inference on a tab of hers. */
async function reviewByReceipt(w: World, characterId: bigint): Promise<void> {
  const { InferenceMeter, Reviews } = w.contracts;
  const { carol, operator } = w;
  const tabOf = (tabId: bigint) =>
    w.publicClient.readContract({ ...InferenceMeter, functionName: "tabOf", args: [operator.address, tabId] });
  let tabId = await w.publicClient.readContract({
    ...InferenceMeter,
    functionName: "tabCount",
    args: [operator.address],
  });
  while ((await tabOf(tabId)).payer !== carol.address) tabId--;
  const receipt = {
    ...{ operator: operator.address, tabId, sequence: 1n, request: id("request"), response: id("response") },
    ...{ characterId: Number(characterId), termsVersion: 1, milliunits: 500, quality: 1, amount: 1_000, fee: 0 },
    ...{ servedAt: await w.now(), previous: zeroHash },
  };
  const signature = await operator.account.signTypedData({
    domain: meterDomain(w.chain.deployment.chainId, InferenceMeter.address),
    types: meterTypes,
    primaryType: "Receipt",
    message: receipt,
  });
  const args = [characterId, 4, "ipfs://by-receipt", receipt, signature] as const;
  await w.mined(carol.wallet.writeContract({ ...Reviews, functionName: "reviewWithReceipt", args }));
}

/** `ICharacterAccess.Purchase`, the data of ERC-1363. */
const PURCHASE = parseAbiParameters(
  "(uint256 characterId, address account, uint8 plan, uint40 maxPrice, bool renews, bool replaces, bytes invite)",
);
