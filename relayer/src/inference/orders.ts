import type { QuoteResponse } from "@stelai/sdk/wire";
import { type Address, getAddress, type Hex } from "viem";
import { StoppingError, toHttpError } from "../errors.ts";
import { QueuedOrNotError } from "../generations/errors.ts";
import type { GenerationRow, Order } from "../generations/types.ts";
import type { RateLimiter } from "../limits.ts";
import { PaymentRequiredError, RequestDiffersError, RequestInProgressError } from "../metering/errors.ts";
import type { Admitted } from "../metering/index.ts";
import { keccak256 } from "../metering/keccak.ts";
import { isFreeHere, quoteOfMedia } from "../pricing.ts";
import type { MadeModality } from "../providers/media.ts";
import type { Services } from "../services.ts";
import { IMAGE, type Resource, SPEECH } from "../x402/discovery.ts";
import { type Priced, pricedRequest } from "../x402/offers.ts";
import type { SinglePayment } from "../x402/payment.ts";
import { requestHash } from "../x402/requests.ts";
import { offered } from "../x402/required.ts";
import { admit, usePass } from "./admission.ts";
import { type ResolvedSettings, resolveSettings } from "./asked.ts";
import { GenerationNotFoundError } from "./generationErrors.ts";
import type { MediaBody } from "./media-body.ts";
import { type PayingHeaders, type PayingTab, payingOf, type TabPayment } from "./paying.ts";
import { resolveTool } from "./resolve.ts";
import type { ToolCharacter, Tools } from "./tools.ts";

/** A request to make something, as it came. */
export type Request = {
  modality: MadeModality;
  body: MediaBody;
  /** What the payment's hash covers. */
  bytes: Uint8Array;
  /** What may pay by a tab; `Idempotency-Key` is what a payment's id is also where nobody pays. */
  headers: PayingHeaders;
  /** `PAYMENT-SIGNATURE`: a single payment. */
  single: string | undefined;
  ip: string;
  /** The account that is signed in. */
  account: () => Promise<Address | undefined>;
};

/** Who asks, and by what it is known again. */
type Asking = Pick<Request, "modality" | "ip"> & {
  key: string | undefined;
  tab: PayingTab | undefined;
  /** Whose it will be: the payer's, or the account's that is signed in. */
  account: () => Promise<Address | undefined>;
  bodyHash: Hex;
};

/** What else an order may be under. */
const NOTHING_ELSE = { payment: undefined, pass: undefined };

/** What is given with the answer to the request for it, so that one payment buys it. */
const SINGLE: Readonly<Partial<Record<MadeModality, Resource>>> = { Image: IMAGE, Voice: SPEECH };

/** What is ordered, before it is known who pays. */
type Draft = Pick<Order, "character" | "prompt" | "settings" | "quote" | "bodyHash">;

/** Takes requests to make something into the queue: each once, paid, under a pass, or free. */
export class Orders {
  readonly #services: Services;
  readonly #tools: Tools;
  readonly #free: RateLimiter;

  constructor(services: Services, tools: Tools) {
    this.#services = services;
    this.#tools = tools;
    this.#free = services.limits.perMinute("orders.free", services.config.RATE_FREE_PER_MINUTE);
  }

  /**
   * The generation of a request: a new one, or the one that the same request made before.
   * @throws the refusals of docs/PROTOCOL.md, "Errors"; then nothing is held, and no use of a pass counted.
   */
  async place(request: Request): Promise<GenerationRow> {
    const services = this.#services;
    const { modality, body, bytes } = request;
    if (services.runs.closed) throw new StoppingError();
    const paying = payingOf(services, request.headers, bytes);
    const { payer } = paying;
    const tab = await paying.tab();
    const unpaid: Asking = {
      ...{ modality, tab: undefined, account: request.account, ip: request.ip },
      ...{ bodyHash: keccak256(bytes), key: request.headers.idempotencyKey },
    };
    const asking: Asking = tab === undefined ? unpaid : { ...unpaid, tab, account: payer };
    const before = await this.#askedBefore(asking);
    if (before !== undefined) return before;

    const character = await resolveTool(services, body.model, { signedIn: request.account, payer }, modality);
    const { settings, quote } = await this.resolve(character, body);
    const paid = await paying.payment(character, quote);
    // A budget key pays nothing for what is free: then it is nobody's, as without the key.
    const again = paid === undefined && tab !== undefined ? await this.#askedBefore(unpaid) : undefined;
    if (again !== undefined) return again;
    // Before anything is held: who has no room is not charged a use, and the storage may be out of reach.
    await services.minds.styleOf(character);
    const draft = { character, prompt: body.asked.prompt, settings, quote, bodyHash: asking.bodyHash };
    const priced = paid === undefined && !isFreeHere(character) ? this.#pricedOf(modality, quote, bytes) : undefined;
    if (priced !== undefined && services.x402 !== undefined && request.single !== undefined) {
      return this.#placeSingle(await services.x402.take(request.single, priced, request.ip), unpaid, draft);
    }
    const isUnpaid = paid === undefined && isFreeHere(character);
    const whose = paid === undefined ? request.account : payer;
    await services.generations.requireRoom(this.#requesterOf(isUnpaid ? undefined : await whose(), request.ip));
    return paid === undefined ? this.#placeUnpaid(unpaid, draft, priced) : this.#placePaid(paid, asking, draft);
  }

  /**
   * What a body asks of a tool, and its exact price.
   * @throws InvalidRequestError naming the field that is wrong.
   */
  async resolve(
    character: ToolCharacter,
    { asked, names }: MediaBody,
  ): Promise<{ settings: ResolvedSettings; quote: QuoteResponse }> {
    const { config, media } = this.#services;
    const { modality } = character;
    const meansVoice = (name: string) => media[modality].voiceOf?.(name);
    const settings = resolveSettings(modality, await this.#tools.of(character), asked, { names, meansVoice });
    return { settings, quote: quoteOfMedia(config, character, asked.prompt, settings) };
  }

  async #placePaid(paid: TabPayment, asking: Asking, order: Draft): Promise<GenerationRow> {
    let admitted: Admitted;
    try {
      admitted = await admit(this.#services, paid, order.character, order.quote, { isQueued: true });
    } catch (error) {
      // The same request came a moment before, and is in the queue by now.
      const twin = error instanceof RequestInProgressError ? await this.#askedBefore(asking) : undefined;
      if (twin === undefined) throw error;
      return twin;
    }
    if (admitted.kind === "served") {
      throw new GenerationNotFoundError(
        "This was made and charged once, and was deleted since. Use a new id for another one.",
      );
    }
    const { payer, reservation } = admitted;
    const whose = { requester: payer.toLowerCase(), account: payer, requestKey: undefined };
    return this.#submit(asking, { ...order, ...whose, reservation, ...NOTHING_ELSE });
  }

  /** What one payment buys waits for its turn as what a tab pays does, and is charged when it is there. */
  async #placeSingle(single: SinglePayment, unpaid: Asking, order: Draft): Promise<GenerationRow> {
    const { payer, key } = single;
    // No client can name such a key.
    const asking = { ...unpaid, account: async () => payer, key: `x402 ${key.nonce}` };
    const before = await this.#askedBefore(asking);
    if (before !== undefined) return before;
    // Not of one that somebody else brought to the chain after it had failed: that was never given.
    if (single.isSettled && single.isGiven) {
      throw new GenerationNotFoundError("This was made and charged once, and was deleted since. Pay for another one.");
    }
    const requester = this.#requesterOf(payer, asking.ip);
    try {
      await this.#services.generations.requireRoom(requester);
      const whose = { requester, account: payer, requestKey: asking.key, payment: key.nonce };
      return await this.#submit(asking, { ...order, ...whose, reservation: undefined, pass: undefined });
    } catch (error) {
      if (error instanceof QueuedOrNotError) throw error;
      // The same request came a moment before, and is in the queue by now: what they share pays for that one.
      const twin = await this.#askedBefore(asking).catch(() => undefined);
      if (twin !== undefined) return twin;
      await single.release(error);
      throw error;
    }
  }

  /** What a single payment would pay; undefined of what is not given with the answer, or where none are taken. */
  #pricedOf(modality: MadeModality, quote: QuoteResponse, bytes: Uint8Array): Priced | undefined {
    const resource = SINGLE[modality];
    if (resource === undefined || this.#services.x402 === undefined) return undefined;
    return pricedRequest(this.#services.config, "media", resource, requestHash(resource.path, bytes), quote);
  }

  async #placeUnpaid(asking: Asking, order: Draft, priced: Priced | undefined): Promise<GenerationRow> {
    const account = await asking.account();
    const whose = { account, requestKey: asking.key };
    if (isFreeHere(order.character)) {
      // By network: whoever has IPv6 has more addresses than anyone can count.
      this.#free.take(this.#services.people.quotas.addressKey(asking.ip));
      // Accounts cost nothing: who pays nothing is told apart by where it comes from.
      const requester = this.#requesterOf(undefined, asking.ip);
      await this.#services.generations.requireAllowance(requester);
      return this.#submit(asking, { ...order, ...whose, requester, reservation: undefined, ...NOTHING_ELSE });
    }
    const requester = this.#requesterOf(account, asking.ip);
    if (account !== undefined) await this.#services.generations.requireAllowance(requester);
    const pass = await usePass(this.#services, order.character, account);
    if (pass === undefined) {
      const { x402 } = this.#services;
      throw new PaymentRequiredError(order.quote, priced && x402 && offered(x402.offer(priced)));
    }
    return this.#submit(asking, { ...order, ...whose, requester, reservation: undefined, payment: undefined, pass });
  }

  /** Hands it to the queue. What is not taken leaves nothing held and nothing counted. */
  async #submit(asking: Asking, order: Order): Promise<GenerationRow> {
    const { reservation, pass } = order;
    try {
      return await this.#services.generations.submit(order);
    } catch (error) {
      // It may be in the queue: then what it was counted under is given back with it, and what is held belongs to it.
      if (error instanceof QueuedOrNotError) throw error;
      const { log, metering } = this.#services;
      await pass?.giveBack().catch((cause: unknown) => {
        log.error({ error: cause }, "a use of a pass could not be given back");
      });
      if (reservation !== undefined) {
        const { code, message } = toHttpError(error).body.error;
        await metering.release({ reservation, error: { code, message } });
      }
      // Two with one key at the same time: one of them is in the queue.
      const twin = reservation === undefined ? await this.#askedBefore(asking).catch(() => undefined) : undefined;
      if (twin === undefined) throw error;
      return twin;
    } finally {
      // The queue has its own rule of how many are worked on at a time.
      pass?.end();
    }
  }

  /**
   * What the same request made before, whatever became of it.
   * @throws RequestDiffersError when its id or key was used for another one.
   */
  async #askedBefore({ modality, tab, account, bodyHash, key, ip }: Asking): Promise<GenerationRow | undefined> {
    const { generations } = this.#services;
    let row: GenerationRow | undefined;
    if (tab !== undefined) {
      // Whoever is no key of the tab is told so when it is held.
      if ((await account()) === undefined) return undefined;
      row = await generations.findAsked({ tabId: tab.tabId, requestId: tab.id });
    } else if (key !== undefined) {
      const who = await account();
      const owner = who === undefined ? this.#requesterOf(undefined, ip) : getAddress(who);
      row = await generations.findAsked({ owner, requestKey: key });
    }
    if (row !== undefined && (row.bodyHash !== bodyHash || row.modality !== modality)) throw new RequestDiffersError();
    return row;
  }

  /** Whose turn it takes; without an account a keyed hash of where it came from. */
  #requesterOf(account: Address | undefined, ip: string): string {
    return account?.toLowerCase() ?? `ip:${this.#services.people.quotas.addressKey(ip)}`;
  }
}
