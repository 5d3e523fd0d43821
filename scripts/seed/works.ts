/** Makes the demo works with the running relayer, deposits them, and offers them under licences. */
import { payeeOf, type Share, type Stelai, type TabSession } from "@stelai/sdk";
import type { Deposit, Generation, WorkMetadata } from "@stelai/sdk/wire";
import type { LocalAccount } from "../dev/accounts.ts";
import type { SeedGeneration, SeedWork } from "./content/works/index.ts";

/** A creator as it is signed in, and whom its earnings are split between. */
export type Studio = { stelai: Stelai; members: readonly { account: LocalAccount; bps: number }[] };

/** A work on the chain, and who sells it. */
export type CreatedWork = { workId: bigint; offerIds: bigint[]; seller: Stelai };

export type Market = {
  studioOf: (handle: string) => Studio;
  /** The number of a tool, and what it makes, by its slug. */
  toolOf: (slug: string) => { characterId: bigint; isFree: boolean };
};

/** What a studio's tab may spend on its works, in microcredits. */
const CAP = 20_000_000n;

/** Creates the works in their order, so that each start gives them the same numbers. */
export async function createWorks(market: Market, works: readonly SeedWork[]): Promise<Map<string, CreatedWork>> {
  const sessions = new Map<string, Promise<TabSession>>();
  const sessionOf = (handle: string) => {
    const session = sessions.get(handle) ?? openSession(market.studioOf(handle).stelai);
    sessions.set(handle, session);
    return session;
  };
  // The engines make them side by side; the chain numbers them afterwards.
  const deposits = works.map(async ({ creator, generation }) => {
    const { stelai } = market.studioOf(creator);
    const { characterId, isFree } = market.toolOf(generation.tool);
    const session = isFree ? undefined : await sessionOf(creator);
    return stelai.works.depositGeneration({ generation: await make(stelai, characterId, generation, session) });
  });
  const made = await Promise.all(deposits);
  const created = new Map<string, CreatedWork>();
  for (const [index, work] of works.entries()) {
    const deposit = made[index];
    if (deposit) created.set(work.slug, await create(market.studioOf(work.creator), work, deposit, created));
  }
  return created;
}

/** Buys the smallest package and opens a tab with it. */
async function openSession(stelai: Stelai): Promise<TabSession> {
  const [smallest] = await stelai.credits.getPackages();
  if (!smallest) throw new Error("No package of credits is for sale.");
  await (await stelai.credits.buy({ packageId: smallest.packageId })).wait();
  return (await (await stelai.tab.openSession({ cap: CAP, by: "transfer" })).wait()).session;
}

/** @returns the generation's id, once it is there and signed for. */
async function make(
  stelai: Stelai,
  characterId: bigint,
  { tool, prompt, size, seconds, voice, quality, seed }: SeedGeneration,
  session: TabSession | undefined,
): Promise<string> {
  const { modality } = await stelai.characters.getCharacter({ characterId });
  const asked = { characterId, session, quality, seed };
  const { generate } = stelai;
  const queued = await (modality === "Image"
    ? generate.image({ ...asked, prompt, size })
    : modality === "Video"
      ? generate.video({ ...asked, prompt, size, seconds })
      : modality === "Voice"
        ? generate.speech({ ...asked, text: prompt, voice })
        : generate.music({ ...asked, prompt, seconds }));
  let last: Generation | undefined;
  for await (const { generation, unsettled } of generate.waitForGeneration(queued)) {
    last = generation;
    if (unsettled) throw unsettled;
  }
  if (last?.status !== "completed") throw new Error(`${tool} did not make "${prompt}": ${last?.error?.message}`);
  return last.id;
}

async function create(
  { stelai, members }: Studio,
  work: SeedWork,
  { contentHash, modality, file, preview, poster, provenance, attestor }: Deposit,
  created: ReadonlyMap<string, CreatedWork>,
): Promise<CreatedWork> {
  const { title, description, tags, royaltyBps, derivativeBps } = work;
  const workMetadata: WorkMetadata = {
    ...{ version: 1, kind: "work", title, description, tags, modality, file, preview, provenance },
    ...(poster ? { poster } : {}),
  };
  const { uri } = await stelai.relayer.uploadContent({ workMetadata });
  const parents = (work.parents ?? []).map((slug) => {
    const parent = created.get(slug);
    if (!parent) throw new Error(`${work.slug} stands before its parent ${slug}.`);
    return parent.workId;
  });
  const shares: Share[] = members.map(({ account, bps }) => ({ recipient: payeeOf(account.address), bps }));
  const { wait } = await stelai.works.create({
    ...{ modality, metadataURI: uri, contentHash, shares, royaltyBps, derivativeBps, parents },
    receipt: provenance?.receipt,
    offers: work.offers.map((offer) => ({ ...offer, attestor })),
  });
  return { ...(await wait()), seller: stelai };
}
