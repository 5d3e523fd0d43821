import {
  applyReceipt,
  encodePayment,
  encodeSession,
  hashBody,
  initialTabState,
  type MeterReference,
  type Receipt,
  signMeter,
  signPayment,
  type TabState,
  voucherOf,
} from "@stelai/sdk";
import { meteredSchema, type SignedVoucher, statementSchema, tabStatusSchema, toWire } from "@stelai/sdk/wire";
import type { Hex, PrivateKeyAccount } from "viem";
import { generatePrivateKey } from "viem/accounts";
import type { World } from "./world.ts";

export type OpenTab = { tabId: bigint; key: PrivateKeyAccount };

/** What a test may change of a request. */
export type Ask = {
  id?: Hex;
  stream?: boolean;
  maxTokens?: number;
  termsVersion?: bigint;
  maxCost?: bigint;
  deadline?: bigint;
  key?: PrivateKeyAccount;
  text?: string;
  signal?: AbortSignal;
  /** Signed over another body than is sent. */
  signedBody?: string;
};

/** An answer as a client sees it. */
export type Answer = {
  status: number;
  text: string;
  receipt: Receipt | undefined;
  base: bigint | undefined;
  error: { code: string; message: string; stelai?: Record<string, unknown> } | undefined;
};

/** A client of one tab that keeps the books as the SDK does. */
export class TabClient {
  readonly #world: World;
  readonly #url: string;
  readonly tab: OpenTab;
  state: TabState;

  constructor(world: World, url: string, tab: OpenTab) {
    this.#world = world;
    this.#url = url;
    this.tab = tab;
    this.state = initialTabState(world.operator.address, tab.tabId);
  }

  get meter(): MeterReference {
    const { chainId, contracts } = this.#world.chain.deployment;
    return { chainId, inferenceMeter: contracts.InferenceMeter };
  }

  /** The body and the header of a paid request. */
  async request(characterId: bigint, ask: Ask = {}): Promise<{ body: string; headers: Record<string, string> }> {
    const body = JSON.stringify({
      model: `stelai-${characterId}`,
      messages: [{ role: "user", content: ask.text ?? "Hi" }],
      max_tokens: ask.maxTokens ?? 64,
      ...(ask.stream ? { stream: true } : {}),
    });
    const payment = await this.#payment(characterId, body, ask);
    return { body, headers: { "Content-Type": "application/json", "Stelai-Payment": payment } };
  }

  async #payment(characterId: bigint, body: string, ask: Ask): Promise<string> {
    const payment = await signPayment(ask.key ?? this.tab.key, this.meter, {
      operator: this.#world.operator.address,
      tabId: this.tab.tabId,
      id: ask.id ?? generatePrivateKey(),
      body: hashBody(ask.signedBody ?? body),
      characterId,
      termsVersion: ask.termsVersion ?? 1n,
      maxCost: ask.maxCost ?? 1_000_000_000n,
      deadline: ask.deadline ?? 4_000_000_000n,
    });
    return encodePayment(payment);
  }

  /** Sends one request; the receipt is not yet taken into the state. */
  async ask(characterId: bigint, ask: Ask = {}): Promise<Answer> {
    const { body, headers } = await this.request(characterId, ask);
    return this.send(body, headers, ask.signal);
  }

  async send(body: string, headers: Record<string, string>, signal?: AbortSignal): Promise<Answer> {
    const response = await fetch(`${this.#url}/v1/chat/completions`, {
      ...{ method: "POST", body, headers },
      ...(signal === undefined ? {} : { signal }),
    });
    const text = await response.text();
    const isStream = response.headers.get("content-type")?.startsWith("text/event-stream") === true;
    return isStream ? readStream(response.status, text) : readWhole(response.status, text);
  }

  /** Signs a body and sends it to any endpoint: what tools are asked with. */
  async make(
    path: string,
    characterId: bigint,
    body: string,
    { headers = {}, ...ask }: Ask & { headers?: Record<string, string> } = {},
  ): Promise<Response> {
    const payment = await this.#payment(characterId, body, ask);
    return fetch(`${this.#url}${path}`, {
      method: "POST",
      body,
      headers: { "Content-Type": "application/json", "Stelai-Payment": payment, ...headers },
      ...(ask.signal === undefined ? {} : { signal: ask.signal }),
    });
  }

  /** Takes receipts into the state, in their order. */
  take(...answers: readonly Answer[]): void {
    const receipts = answers.map(({ receipt }) => receipt).filter((receipt) => receipt !== undefined);
    for (const receipt of receipts.sort((a, b) => (a.sequence < b.sequence ? -1 : 1))) {
      this.state = applyReceipt(this.state, receipt);
    }
  }

  /** A voucher over the state, signed. */
  async voucher(state = this.state, key = this.tab.key): Promise<SignedVoucher> {
    const voucher = voucherOf(state);
    return { voucher, lines: [...state.lines], signature: await signMeter(key, this.meter, "Voucher", voucher) };
  }

  async post(path: string, body: unknown): Promise<Answer> {
    const response = await fetch(`${this.#url}/v1/tabs/${this.tab.tabId}/${path}`, {
      method: "POST",
      body: toWire(body),
      headers: { "Content-Type": "application/json" },
    });
    return readWhole(response.status, await response.text());
  }

  /** Signs for everything taken so far. */
  async acknowledge(): Promise<Answer> {
    return this.post("vouchers", await this.voucher());
  }

  async close(total = this.state.cumulative): Promise<Answer> {
    const { operator, tabId } = this.state;
    return this.post("close", {
      total,
      signature: await signMeter(this.tab.key, this.meter, "Close", { operator, tabId, total }),
    });
  }

  /** The header by which the tab's key reads its books, and what it paid for. */
  async session(): Promise<Record<string, string>> {
    const { operator, tabId } = this.state;
    const deadline = 4_000_000_000n;
    const signature = await signMeter(this.tab.key, this.meter, "Session", { operator, tabId, deadline });
    return { "Stelai-Session": encodeSession({ operator, tabId, deadline, signature }) };
  }

  async status() {
    const response = await fetch(`${this.#url}/v1/tabs/${this.tab.tabId}`, { headers: await this.session() });
    return tabStatusSchema.parse(await response.json());
  }

  async statement(query = "") {
    const headers = await this.session();
    const response = await fetch(`${this.#url}/v1/tabs/${this.tab.tabId}/statement${query}`, { headers });
    return statementSchema.parse(await response.json());
  }
}

function readWhole(status: number, text: string): Answer {
  const json = (text === "" ? {} : JSON.parse(text)) as {
    choices?: { message: { content: string } }[];
    stelai?: unknown;
    error?: Answer["error"];
  };
  const metered = json.stelai ? meteredSchema.parse(json.stelai) : undefined;
  return {
    status,
    text: json.choices?.[0]?.message.content ?? "",
    receipt: metered?.receipt.receipt,
    base: metered?.base,
    error: json.error,
  };
}

function readStream(status: number, text: string): Answer {
  const answer: Answer = { status, text: "", receipt: undefined, base: undefined, error: undefined };
  for (const line of text.split("\n\n")) {
    if (!line.startsWith("data: ") || line === "data: [DONE]") continue;
    const event = JSON.parse(line.slice(6)) as {
      choices?: { delta: { content?: string } }[];
      stelai?: unknown;
      error?: Answer["error"];
    };
    answer.text += event.choices?.[0]?.delta.content ?? "";
    answer.error ??= event.error;
    if (event.stelai) {
      const metered = meteredSchema.parse(event.stelai);
      answer.receipt = metered.receipt.receipt;
      answer.base = metered.base;
    }
  }
  return answer;
}
