/** What the test relayer keeps, refuses and says. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Address, Hex } from "viem";
import {
  type Deployment,
  type MeteredRequest,
  MODALITIES,
  type Quality,
  type Receipt,
  type Seal,
  type SignedReceipt,
  type SignedVoucher,
  type StatementEntry,
  type TabState,
  type Terms,
} from "../src/index.ts";
import { toWire } from "../src/wire.ts";

/** What the test relayer refuses, as docs/PROTOCOL.md names it. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly stelai: object;
  constructor(status: number, code: string, stelai: object = {}) {
    super(`${code}. No money moved.`);
    this.status = status;
    this.code = code;
    this.stelai = stelai;
  }
}

/** What was asked under an id; a generation's receipt comes when it is made. */
export type Answered = { body: Hex; text: string; receipt: SignedReceipt | undefined };

/** What a receipt is made of besides its request. */
export type Use = { milliunits: bigint; quality: Quality; response: Hex };

/** A paid request that may be served. */
export type Admitted = {
  again: Answered | undefined;
  mine: Book;
  request: MeteredRequest;
  signature: Hex;
  charge: (use: Use) => Promise<SignedReceipt>;
};

export type Admit = (
  header: string,
  raw: string,
  quoted: (terms: Terms, feePerUnit: bigint) => { total: bigint },
) => Promise<Admitted>;

/** A request in the statement that was not charged. */
export function uncharged(request: MeteredRequest, signature: Hex): StatementEntry {
  const { id: requestId, characterId, body, maxCost, termsVersion, deadline } = request;
  return {
    requestId,
    characterId,
    at: 0n,
    receipt: null,
    request: { body, maxCost, termsVersion, deadline, signature },
    error: { code: "upstream_failed", message: "The upstream failed." },
  };
}

/** One tab, as the test relayer keeps it. */
export type Book = {
  state: TabState;
  signed: bigint;
  /** The newest voucher of the base. */
  voucher: SignedVoucher | undefined;
  unsealed: Receipt[];
  entries: StatementEntry[];
  seals: Seal[];
  answers: Map<Hex, Answered>;
  /** Charges the newest request, as often as it is called. */
  charge: (() => Promise<SignedReceipt>) | undefined;
};

/** What a test can make the relayer do. */
export type Mischief = {
  /** Changes a receipt before it is signed. */
  tamper: ((receipt: Receipt) => Receipt) | undefined;
  /** Changes a seal before it is shown. */
  forge: ((seal: Seal) => Seal) | undefined;
  /** Unsigned exposure allowed, in microcredits. */
  exposureLimit: bigint;
  /** Drops the connection after serving and charging, before the answer. */
  loseAnswer: boolean;
  /** Answers with this status and code after serving and charging. */
  break: readonly [status: number, code: string] | undefined;
  /** Drops the connection on every voucher. */
  loseVouchers: boolean;
  /** Breaks streams off after the first word. */
  cut: boolean;
  /** Fails before anything is served. */
  fail: boolean;
  feePerUnit: bigint;
  sponsors: boolean;
};

/** Who runs the test relayer, and on what conditions. */
export function operatorInfo(operator: Address, deployment: Deployment, mischief: Mischief): object {
  const { AccessManager: _manager, ...contracts } = deployment.contracts;
  const { chainId, genesisHash, finalityBlocks } = deployment;
  return {
    ...{ operator, chainId, genesisHash, contracts, finalityBlocks },
    fees: Object.fromEntries(MODALITIES.map((modality) => [modality, mischief.feePerUnit])),
    sponsor: {
      enabled: mischief.sponsors,
      feeRecipient: operator,
      purchaseFee: 20_000n,
      tabFee: 10n ** 17n,
      minimumCap: 1_000_000n,
    },
    exposureLimit: mischief.exposureLimit,
    maximumTokens: 2_048,
    delivery: { minimumPrice: 100_000n },
  };
}

/** Answers as OpenAI does, whole or as a stream of words. */
export function answer(response: ServerResponse, stream: boolean, text: string, metered?: object, cut = false): void {
  if (!stream) {
    const choices = [{ index: 0, message: { role: "assistant", content: text }, finish_reason: "stop" }];
    response.writeHead(200, { "content-type": "application/json" });
    response.end(toWire({ object: "chat.completion", choices, ...(metered && { stelai: metered }) }));
    return;
  }
  response.writeHead(200, { "content-type": "text/event-stream" });
  const send = (value: unknown) => response.write(`data: ${toWire(value)}\n\n`);
  for (const word of text.split(/(?<= )/))
    send({ choices: [{ index: 0, delta: { content: word }, finish_reason: null }] });
  if (cut)
    send({ error: { message: "The upstream broke off.", type: "stelai_error", param: null, code: "upstream_cut" } });
  else send({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }] });
  if (metered) send({ choices: [], stelai: metered });
  response.end("data: [DONE]\n\n");
}

/** The body of a request. */
export async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks).toString("utf8");
}
