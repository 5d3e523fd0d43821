import type { Visibility } from "@stelai/sdk";
import { characterAccessAbi, charactersAbi } from "@stelai/sdk/abis";
import { type Address, type Hex, type RpcLog, toEventSelector, zeroAddress } from "viem";
import type { Chain } from "./index.ts";
import type { LogChange, Watched } from "./watcher.ts";

/** What an account has of a character: leave to use it while it is private, and a pass. */
export type Access = {
  /** Whether the owner lets it: always, unless the character is private. */
  allowed: boolean;
  /** Whether the pass is for good. */
  lifetime: boolean;
  /** End of the last period that is paid for, chain time; 0 when there never was one. */
  until: bigint;
  /** The most that a renewal may cost, in microcredits; 0 when it does not renew. */
  mandate: bigint;
};

/** Who may use what, as the chain has it: read when it is asked for, kept for a moment, dropped when the chain changes it. */
export type AccessBook = {
  of(characterId: bigint, account: Address): Promise<Access>;
  /** Whether a pass runs now, by the chain's time; one that renews also `graceSeconds` after its end. */
  isRunning(access: Access, graceSeconds?: bigint): boolean;
  /**
   * Whether an account may see and use a character: a private one is for who is allowed and for who has a running
   * pass. The chain is not asked about one that is known not to be private.
   */
  mayUse(character: { id: bigint; visibility?: Visibility }, account: Address | undefined): Promise<boolean>;
  /** What the watcher tells it. */
  readonly watched: readonly Watched[];
};

/** How long an answer is good without a word from the watcher: a pass, and none, which a purchase may end any second. */
const YES_MS = 15_000;
const NO_MS = 500;
const MAX_KEPT = 20_000;

/** Events after which everything about a character is read again: who is concerned is not among their topics. */
const OF_CHARACTER = ["AllowListChanged", "AllowListCleared", "VisibilityChanged"];
const topicsOf = (abi: typeof charactersAbi | typeof characterAccessAbi, names: readonly string[]): Hex[] =>
  abi
    .filter((item) => item.type === "event")
    .filter((item) => names.includes(item.name))
    .map((item) => toEventSelector(item));
const CIRCLE_TOPICS = topicsOf(charactersAbi, OF_CHARACTER);
const REDEEMED = topicsOf(charactersAbi, ["InviteRedeemed"]);
const TRANSFER = toEventSelector("Transfer(address,address,uint256)");
/** Topics of every event that changes a pass; each names character and account. */
export const PASS_TOPICS = topicsOf(characterAccessAbi, ["PassBought", "PassRenewed", "RenewalSet", "PassCancelled"]);

type Kept = { access: Access; until: number };

/** The book over one chain. */
export function createAccessBook(chain: Pick<Chain, "client" | "contracts" | "head">): AccessBook {
  const { Characters, CharacterAccess } = chain.contracts;
  const kept = new Map<string, Kept>();
  const reading = new Map<string, Promise<Access>>();

  const read = async (characterId: bigint, account: Address): Promise<Access> => {
    const args = [characterId, account] as const;
    const [allowed, { lifetime, until, mandate }] = await Promise.all([
      chain.client.readContract({ address: Characters, abi: charactersAbi, functionName: "isAllowed", args }),
      chain.client.readContract({ address: CharacterAccess, abi: characterAccessAbi, functionName: "accessOf", args }),
    ]);
    return { allowed, lifetime, until: BigInt(until), mandate: BigInt(mandate) };
  };

  const isRunning: AccessBook["isRunning"] = ({ lifetime, until, mandate }, graceSeconds = 0n) =>
    lifetime || chain.head().timestamp < (mandate > 0n ? until + graceSeconds : until);

  const keep = (key: string, access: Access): void => {
    kept.delete(key);
    kept.set(key, { access, until: Date.now() + (isRunning(access) ? YES_MS : NO_MS) });
    if (kept.size <= MAX_KEPT) return;
    const oldest = kept.keys().next().value;
    if (oldest !== undefined) kept.delete(oldest);
  };

  const of: AccessBook["of"] = (characterId, account) => {
    const key = keyOf(characterId, account);
    const known = kept.get(key);
    if (known !== undefined && known.until > Date.now()) return Promise.resolve(known.access);
    const begun = reading.get(key);
    if (begun !== undefined) return begun;
    const work = read(characterId, account);
    reading.set(key, work);
    // What was dropped meanwhile may have been read from before the change: it is not kept.
    const isLast = () => reading.get(key) === work && reading.delete(key);
    work.then(
      (access) => isLast() && keep(key, access),
      () => isLast(),
    );
    return work;
  };

  const drop = (isConcerned: (key: string) => boolean): void => {
    for (const map of [kept, reading]) for (const key of map.keys()) if (isConcerned(key)) map.delete(key);
  };
  const onChange = async ({ added, removed }: LogChange): Promise<void> => {
    const characters = new Set<string>();
    for (const log of [...added, ...removed]) {
      const account = accountIn(log);
      if (account === undefined) characters.add(String(characterIn(log)));
      else for (const map of [kept, reading]) map.delete(keyOf(characterIn(log), account));
    }
    if (characters.size > 0) drop((key) => characters.has(key.slice(0, key.indexOf(":"))));
  };

  return {
    of,
    isRunning,
    mayUse: async ({ id, visibility }, account) => {
      if (visibility !== undefined && visibility !== "Private") return true;
      if (visibility !== undefined && account === undefined) return false;
      // The zero address stands for nobody: no pass can be its.
      const access = await of(id, account ?? zeroAddress);
      return access.allowed || isRunning(access);
    },
    watched: [
      { address: Characters, topics: [[...CIRCLE_TOPICS, ...REDEEMED, TRANSFER]], onChange },
      { address: CharacterAccess, topics: [PASS_TOPICS], onChange },
    ],
  };
}

function keyOf(characterId: bigint, account: Address): string {
  return `${characterId}:${account.toLowerCase()}`;
}

/** The character that an event of Characters or CharacterAccess is about. */
export function characterIn(log: RpcLog): bigint {
  return BigInt((log.topics[0] === TRANSFER ? log.topics[3] : log.topics[1]) ?? "0x0");
}

/** The account that an event concerns, where it names one. */
export function accountIn(log: RpcLog): Address | undefined {
  const [topic, , account] = log.topics;
  const isNamed = topic !== undefined && (REDEEMED.includes(topic) || PASS_TOPICS.includes(topic));
  return isNamed && account !== undefined ? `0x${account.slice(26)}` : undefined;
}
