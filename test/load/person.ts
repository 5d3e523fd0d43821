import { createStelai, memoryStorage, type Stelai, type TabSession } from "@stelai/sdk";
import { createPublicClient, createWalletClient, type Hex, http, type PrivateKeyAccount } from "viem";
import { generatePrivateKey } from "viem/accounts";
import { hardhat } from "viem/chains";
import type { World } from "../../relayer/test/world.ts";
import { payloadIn, settledIn, stockHeader } from "../../relayer/test/x402.ts";

/** What is asked for: characters by how they are paid. */
export type Offer = { chat: bigint; free: bigint; pass: bigint; image: bigint };

/** Microcredits: for each answer, and for 1,000 tokens or a megapixel; what the operator asks for compute. */
export const CHAT = { perInference: 1_000n, perUnit: 7_000n, feePerUnit: 900n };
export const IMAGE = { perInference: 5_000n, perUnit: 100_000n, feePerUnit: 0n };
const SIZE = "512x512";
/** 512 × 512 pixels, in thousandths of a megapixel. */
const PIXELS = 263n;

/** What people do; `key` is a chat by an API key, `single` one that x402's published client pays for. */
export type Act =
  | ("chat" | "stream" | "again" | "key" | "single" | "free" | "pass" | "image")
  | ("statement" | "topUp" | "rotate" | "close");
/** A chat, and the key it is asked under. */
type Asked = { id: Hex; words: number; text: string; stream: boolean };
/** How long one took, in milliseconds; `clean` when nothing of it had to be repeated. */
export type Taken = { act: Act; milliseconds: number; clean: boolean };

/** Tokens that the upstream counts for an answer of so many words. */
export function usageOf(words: number): { prompt_tokens: number; completion_tokens: number } {
  return { prompt_tokens: 10 + (words % 5), completion_tokens: words };
}

const up = (perUnit: bigint, milliunits: bigint, share = 1n) =>
  (perUnit * milliunits + 1_000n * share - 1n) / (1_000n * share);

/** What an answer of so many words costs by docs/PROTOCOL.md and the price list above, not by the code under test. */
function chatCost(words: number): bigint {
  const { prompt_tokens, completion_tokens } = usageOf(words);
  const tokens = BigInt(prompt_tokens + completion_tokens);
  return CHAT.perInference + up(CHAT.perUnit, tokens) + up(CHAT.feePerUnit, tokens);
}

const imageCost = IMAGE.perInference + up(IMAGE.perUnit, PIXELS, 2n);

/** Faults that pass: the same request, under the same id, is sent again. */
const PASSING = new Set([
  ...["RelayerUnreachableError", "RelayerProtocolError", "UnavailableError", "RequestInProgressError"],
  ...["RateLimitedError"],
]);
/** The same of a client without the SDK, by status. */
const PASSING_STATUS = new Set([409, 429, 500, 502, 503]);
const PAUSE_MS = 300;
const GIVE_UP_MS = 90_000;

/** Somebody with a wallet and the SDK, who notes what each answer has to cost. */
export class Person {
  readonly stelai: Stelai;
  readonly account: PrivateKeyAccount;
  readonly #offer: Offer;
  readonly #random: () => number;
  readonly #signal: AbortSignal;
  #session: TabSession | undefined;
  /** What was served, by tab, in microcredits. */
  readonly served = new Map<bigint, bigint>();
  /** What single payments were answered for, in wei, by their nonces. */
  readonly paid = new Map<Hex, bigint>();
  readonly taken: Taken[] = [];
  readonly #asked: Asked[] = [];
  readonly #world: World;
  readonly #url: string;
  #key: { tabId: bigint; key: string } | undefined;
  #repeated = 0;

  /** @param signal Aborted when nobody is to go on. */
  constructor(
    world: World,
    relayerUrl: string,
    account: PrivateKeyAccount,
    offer: Offer,
    random: () => number,
    signal: AbortSignal,
  ) {
    const transport = http(world.chain.rpcUrl);
    this.#world = world;
    this.#url = `${relayerUrl}/v1/chat/completions`;
    this.account = account;
    this.#offer = offer;
    this.#random = random;
    this.#signal = signal;
    this.stelai = createStelai({
      ...{ chain: hardhat, deployment: world.chain.deployment, relayerUrl, storage: memoryStorage() },
      publicClient: createPublicClient({ chain: hardhat, transport, pollingInterval: 200, cacheTime: 0 }),
      walletClient: createWalletClient({ account, chain: hardhat, transport }),
    } as never);
  }

  get session(): TabSession {
    if (this.#session === undefined) throw new Error("no tab is open");
    return this.#session;
  }

  /** Opens a tab, signs in, and makes an API key. */
  async begin(): Promise<void> {
    await this.#open();
    const web = { domain: "localhost:5173", uri: "http://localhost:5173" };
    await this.#persist(() => this.stelai.relayer.signIn({ ...web, sessionKey: generatePrivateKey() }));
    const { key, wait } = await this.stelai.budgetKeys.create({ name: "load", cap: 3_000_000n });
    const { tabId } = await wait();
    this.#key = { tabId, key };
    this.served.set(tabId, 0n);
  }

  /** Does one thing until it is done. */
  async do(act: Act): Promise<void> {
    const begun = performance.now();
    this.#repeated = 0;
    await this.#acts[act]();
    this.taken.push({ act, milliseconds: performance.now() - begun, clean: this.#repeated === 0 });
  }

  /** Signs for everything that was served. */
  async end(): Promise<void> {
    await this.#persist(() => this.session.sync());
    await this.#persist(() => this.session.acknowledge());
  }

  readonly #acts: Record<Act, () => Promise<void>> = {
    chat: () => this.#chat(this.#fresh(false)),
    stream: () => this.#chat(this.#fresh(true)),
    key: () => this.#chatByKey(),
    single: () => this.#chatBySinglePayment(),
    again: async () => {
      // The same request as before, as a client's own retry is: the same answer, and no second charge.
      const before = this.#asked.at(-1);
      if (before === undefined) return this.#acts.chat();
      await this.#answer(before);
    },
    statement: async () => {
      const { operator, tabId, account: sessionKey } = this.session;
      await this.#persist(() => this.stelai.statement.getFullStatement({ operator, tabId, sessionKey }));
    },
    free: async () => {
      await this.#persist(() =>
        this.stelai.generate.chat({ characterId: this.#offer.free, messages: messagesOf("1", 1) }),
      );
    },
    pass: async () => {
      await this.#persist(() =>
        this.stelai.generate.chat({ characterId: this.#offer.pass, messages: messagesOf("1", 1) }),
      );
    },
    image: () => this.#image(),
    topUp: async () => {
      const { operator, tabId } = this.session;
      await this.#persist(async () =>
        (await this.stelai.tab.topUpSponsored({ operator, tabId, amount: 1_000_000n })).wait(),
      );
    },
    rotate: () => this.#rotate(),
    close: async () => {
      const closing = this.session;
      const { tabId } = closing;
      await this.#persist(async () => {
        const { total } = await closing.close();
        if (total !== this.served.get(tabId)) throw new Error(`tab ${tabId} closes at ${total}`);
      });
      this.#asked.length = 0;
      await this.#open();
    },
  };

  async #open(): Promise<void> {
    const opened = await this.#persist(async () => (await this.stelai.tab.openSession({ cap: 3_000_000n })).wait());
    this.#session = opened.session;
    this.served.set(opened.session.tabId, 0n);
  }

  #fresh(stream: boolean): Asked {
    const words = 1 + Math.floor(this.#random() * 12);
    const asked = { id: generatePrivateKey(), words, text: `${this.#random()}`, stream };
    this.#asked.push(asked);
    return asked;
  }

  async #chat(asked: Asked): Promise<void> {
    await this.#answer(asked);
    this.#charge(chatCost(asked.words));
  }

  /** Asks until there is a whole answer with its receipt. */
  async #answer({ id, words, text, stream }: Asked): Promise<void> {
    const asked = {
      session: this.session,
      characterId: this.#offer.chat,
      messages: messagesOf(text, words),
      maxTokens: 64,
      id,
    };
    const answer = await this.#persist(async () => {
      if (!stream) return (await this.stelai.generate.chat(asked)).text;
      let all = "";
      for await (const event of this.stelai.generate.streamChat(asked)) {
        if (event.type === "delta") all += event.text;
        if (event.type === "error") throw event.error;
      }
      return all;
    });
    requireWords(answer, words);
  }

  /** As any client that has nothing but a key. */
  async #chatByKey(): Promise<void> {
    if (this.#key === undefined) throw new Error("there is no key");
    const { words, text, id } = this.#plain();
    const headers = { Authorization: `Bearer ${this.#key.key}`, "Idempotency-Key": id };
    const response = await this.#post(bodyOf(this.#offer.chat, text, words), headers);
    await expectWords(response, words);
    this.#charge(chatCost(words), this.#key.tabId);
  }

  /** The same payment until it is answered: no other one is signed, whatever happens meanwhile. */
  async #chatBySinglePayment(): Promise<void> {
    const { words, text } = this.#plain();
    const body = bodyOf(this.#offer.chat, text, words);
    const header = await stockHeader({ world: this.#world }, this.account, await this.#post(body, {}, 402));
    const response = await this.#post(body, { "PAYMENT-SIGNATURE": header });
    const settled = settledIn(response);
    const { nonce, value } = payloadIn(header).payload.authorization;
    if (settled?.success !== true || settled.amount !== value)
      throw new Error(`an answer says that ${settled?.amount} of ${value} was paid`);
    await expectWords(response, words);
    this.paid.set(nonce, BigInt(value));
  }

  #plain(): { words: number; text: string; id: Hex } {
    return { words: 1 + Math.floor(this.#random() * 12), text: `${this.#random()}`, id: generatePrivateKey() };
  }

  /** The whole answer: one that breaks off is asked for again. */
  #post(body: string, headers: Record<string, string>, wanted = 200): Promise<Response> {
    return this.#persist(async () => {
      const init = { method: "POST", body, headers: { "Content-Type": "application/json", ...headers } };
      const answered = await fetch(this.#url, init)
        .then(async (response) => ({ response, text: await response.text() }))
        .catch((cause: unknown) => {
          throw new PassingError("no whole answer", { cause });
        });
      const { status, headers: said } = answered.response;
      if (status === wanted) return new Response(answered.text, { status, headers: said });
      const what = `${status}: ${answered.text}`;
      throw PASSING_STATUS.has(status) ? new PassingError(what) : new Error(what);
    });
  }

  async #image(): Promise<void> {
    const id = generatePrivateKey();
    const wanted = {
      session: this.session,
      characterId: this.#offer.image,
      prompt: `Hill ${this.#random()}`,
      size: SIZE,
      quality: "Draft" as const,
    };
    const queued = await this.#persist(() => this.stelai.generate.image({ ...wanted, id }));
    const last = await this.#persist(async () => {
      let status = "";
      for await (const { generation } of this.stelai.generate.waitForGeneration({
        id: queued.id,
        session: this.session,
      })) {
        status = generation.status;
      }
      return status;
    });
    if (last !== "completed") throw new Error(`an image was ${last}`);
    this.#charge(imageCost);
  }

  async #rotate(): Promise<void> {
    const { operator, tabId } = this.session;
    const before = this.session.account.address;
    try {
      this.#session = (await (await this.stelai.tab.rotateSession({ operator, tabId })).wait()).session;
    } catch (error) {
      if (!isPassing(error)) throw error;
      this.#repeated += 1;
      // Whether it was sent the chain knows. The new key was stored before anything was signed.
      await this.#persist(async () => {
        const { sessionKey } = await this.stelai.tab.getTab({ operator, tabId });
        if (sessionKey === before) {
          this.#session = (await (await this.stelai.tab.rotateSession({ operator, tabId })).wait()).session;
          return;
        }
        const found = (await this.stelai.tab.listSessions()).find((one) => one.account.address === sessionKey);
        if (found === undefined) throw new Error(`the new key of tab ${tabId} is lost`);
        await found.sync();
        this.#session = found;
      });
    }
  }

  #charge(cost: bigint, tabId = this.session.tabId): void {
    this.served.set(tabId, (this.served.get(tabId) ?? 0n) + cost);
  }

  /** Repeats what failed by a fault that passes. */
  async #persist<T>(work: () => Promise<T>): Promise<T> {
    const until = Date.now() + GIVE_UP_MS;
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (!isPassing(error) || Date.now() > until || this.#signal.aborted) throw error;
        this.#repeated += 1;
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
    }
  }
}

/** A fault that passes, as a client without the SDK meets it. */
class PassingError extends Error {}

function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof PassingError) return true;
  return PASSING.has(error.name) || ("status" in error && error.status === 500);
}

function bodyOf(characterId: bigint, text: string, words: number): string {
  return JSON.stringify({ model: `stelai-${characterId}`, messages: messagesOf(text, words), max_tokens: 64 });
}

async function expectWords(response: Response, words: number): Promise<void> {
  const { choices } = (await response.json()) as { choices: { message: { content: string } }[] };
  requireWords(choices[0]?.message.content ?? "", words);
}

function requireWords(answer: string, words: number): void {
  if (answer.trim().split(" ").length !== words) throw new Error(`asked for ${words} words, got "${answer}"`);
}

function messagesOf(text: string, words: number) {
  return [{ role: "user" as const, content: `In exactly ${words} words: what do you make of ${text}?` }];
}
