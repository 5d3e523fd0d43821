import type { QuoteResponse } from "@stelai/sdk/wire";
import { type Address, getAddress, type Hex } from "viem";
import { toHttpError, UnavailableError } from "../errors.ts";
import { QueuedOrNotError } from "../generations/errors.ts";
import type { GenerationRow, Order } from "../generations/types.ts";
import { RateLimiter } from "../http.ts";
import { PaymentRequiredError, RequestDiffersError, RequestInProgressError } from "../metering/errors.ts";
import type { Admitted } from "../metering/index.ts";
import { keccak256 } from "../metering/keccak.ts";
import type { VerifiedPayment } from "../metering/payment.ts";
import { isFreeHere, quoteOfMedia } from "../pricing.ts";
import type { MadeModality } from "../providers/media.ts";
import type { Services } from "../services.ts";
import { admit, once, payerOf, paymentOf, usePass } from "./admission.ts";
import { type ResolvedSettings, resolveSettings } from "./asked.ts";
import { GenerationNotFoundError } from "./generationErrors.ts";
import type { MediaBody } from "./media-body.ts";
import { resolveTool } from "./resolve.ts";
import type { ToolCharacter, Tools } from "./tools.ts";

/** A request to make something, as it came. */
export type Request = {
  modality: MadeModality;
  body: MediaBody;
  /** What the payment's hash covers. */
  bytes: Uint8Array;
  /** `Stelai-Payment`. */
  payment: string | undefined;
  /** `Idempotency-Key`: what the payment's id is where nobody pays. */
  key: string | undefined;
  ip: string;
  /** The account that is signed in. */
  account: () => Promise<Address | undefined>;
};

/** Who asks, and by what it is known again. */
type Asking = Pick<Request, "modality" | "key" | "ip"> & {
  paid: VerifiedPayment | undefined;
  /** Whose it will be: the payer's, or the account's that is signed in. */
  account: () => Promise<Address | undefined>;
  bodyHash: Hex;
};

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
    this.#free = new RateLimiter(services.config.RATE_FREE_PER_MINUTE);
  }

  /**
   * The generation of a request: a new one, or the one that the same request made before.
   * @throws the refusals of docs/PROTOCOL.md, "Errors"; then nothing is held, and no use of a pass counted.
   */
  async place(request: Request): Promise<GenerationRow> {
    const services = this.#services;
    const { modality, body, bytes } = request;
    if (services.runs.closed) throw new UnavailableError("This relayer is stopping. Nothing was charged; try again.");
    const paid = await paymentOf(services, request.payment, bytes);
    const payer = once(() => payerOf(services, paid));
    const account = paid === undefined ? request.account : payer;
    const asking = {
      modality,
      paid,
      account,
      bodyHash: paid?.bodyHash ?? keccak256(bytes),
      key: request.key,
      ip: request.ip,
    };
    const before = await this.#askedBefore(asking);
    if (before !== undefined) return before;

    const character = await resolveTool(services, body.model, { signedIn: request.account, payer }, modality);
    const { settings, quote } = await this.resolve(character, body);
    // Before anything is held: who has no room is not charged a use, and the storage may be out of reach.
    await services.minds.styleOf(character);
    const isUnpaid = paid === undefined && isFreeHere(character);
    await services.generations.requireRoom(this.#requesterOf(isUnpaid ? undefined : await account(), request.ip));
    const order = { character, prompt: body.asked.prompt, settings, quote, bodyHash: asking.bodyHash };
    return paid === undefined ? this.#placeUnpaid(asking, order) : this.#placePaid({ ...asking, paid }, order);
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

  async #placePaid(asking: Asking & { paid: VerifiedPayment }, order: Draft): Promise<GenerationRow> {
    const { paid } = asking;
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
    return this.#submit(asking, { ...order, ...whose, reservation, pass: undefined });
  }

  async #placeUnpaid(asking: Asking, order: Draft): Promise<GenerationRow> {
    const account = await asking.account();
    const whose = { account, requestKey: asking.key };
    if (isFreeHere(order.character)) {
      // By network: whoever has IPv6 has more addresses than anyone can count.
      this.#free.take(this.#services.people.quotas.addressKey(asking.ip));
      // Accounts cost nothing: who pays nothing is told apart by where it comes from.
      const requester = this.#requesterOf(undefined, asking.ip);
      await this.#services.generations.requireAllowance(requester);
      return this.#submit(asking, { ...order, ...whose, requester, reservation: undefined, pass: undefined });
    }
    const requester = this.#requesterOf(account, asking.ip);
    if (account !== undefined) await this.#services.generations.requireAllowance(requester);
    const pass = await usePass(this.#services, order.character, account);
    if (pass === undefined) throw new PaymentRequiredError(order.quote);
    return this.#submit(asking, { ...order, ...whose, requester, reservation: undefined, pass });
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
  async #askedBefore({ modality, paid, account, bodyHash, key, ip }: Asking): Promise<GenerationRow | undefined> {
    const { generations } = this.#services;
    let row: GenerationRow | undefined;
    if (paid !== undefined) {
      // Whoever is no key of the tab is told so when it is held.
      if ((await account()) === undefined) return undefined;
      row = await generations.findAsked({ tabId: paid.tabId, requestId: paid.id });
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
