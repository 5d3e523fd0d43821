/**
 * A small relayer that follows docs/PROTOCOL.md, for tests of the client: real signatures, real transactions, books
 * in memory. It answers with an echo, and misbehaves where a test tells it to.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Hex, keccak256, stringToBytes } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { inferenceMeterAbi } from "../src/generated/abis.ts";
import {
  afterSeal,
  applyReceipt,
  decodePayment,
  encodeBatch,
  hashBody,
  hashRequest,
  hashVoucher,
  initialTabState,
  isMeterSignature,
  type MeteredRequest,
  PAYMENT_HEADER,
  QUALITIES,
  quoteChat,
  quoteUp,
  type Receipt,
  SESSION_HEADER,
  type Seal,
  type SignedReceipt,
  signMeter,
  type TabState,
  type Terms,
  voucherOf,
} from "../src/index.ts";
import { fromBase64Url } from "../src/internal/base64url.ts";
import { parseWire } from "../src/internal/json.ts";
import { paymentSchema, sessionSchema, signedVoucherSchema, toWire } from "../src/wire.ts";
import {
  type Admit,
  type Admitted,
  answer,
  type Book,
  type Mischief,
  operatorInfo,
  Refusal,
  textOf,
  type Use,
  uncharged,
} from "./answers.ts";
import { startStudio } from "./generations.ts";
import { sponsorRoutes } from "./sponsor.ts";
import { clientsOf, people, stelaiOf } from "./world.ts";

export async function startTestRelayer() {
  const { operator } = await people();
  const { publicClient, walletClient, deployment, chain } = await clientsOf(operator);
  const account = privateKeyToAccount(operator.privateKey);
  const meter = { chainId: deployment.chainId, inferenceMeter: deployment.contracts.InferenceMeter };
  const reader = await stelaiOf();
  const books = new Map<bigint, Book>();
  const requests: string[] = [];
  const mischief: Mischief = {
    tamper: undefined,
    forge: undefined,
    exposureLimit: 10_000_000n,
    loseAnswer: false,
    break: undefined,
    loseVouchers: false,
    cut: false,
    fail: false,
    feePerUnit: 2_000n,
    sponsors: true,
  };
  if (!walletClient) throw new Error("the operator has a wallet");
  const sponsor = sponsorRoutes({ publicClient, walletClient, deployment, chain });

  const book = (tabId: bigint): Book => {
    const found: Book = books.get(tabId) ?? {
      state: initialTabState(operator.address, tabId),
      signed: 0n,
      voucher: undefined,
      unsealed: [],
      entries: [],
      seals: [],
      answers: new Map(),
      charge: undefined,
    };
    books.set(tabId, found);
    return found;
  };
  // Receipts of one tab are issued one after the other.
  let issuing: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = issuing.then(work, work);
    issuing = mine.catch(() => undefined);
    return mine;
  };
  const tabOf = (tabId: bigint) => reader.tab.getTab({ operator: operator.address, tabId });
  const shown = (seal: Seal) => mischief.forge?.(seal) ?? seal;

  /** Admits one paid request for what it may cost; `again` when its id was asked for before. */
  const admit: Admit = async (header, raw, quoted) => {
    const payment = paymentSchema.parse(JSON.parse(toWire(decodePayment(header))));
    const { signature, ...fields } = payment;
    const request: MeteredRequest = { ...fields, body: hashBody(raw) };
    const tab = await tabOf(payment.tabId);
    if (!(await isMeterSignature(tab.sessionKey, meter, "Request", request, signature))) {
      throw new Refusal(401, "invalid_payment");
    }
    if (tab.closing) throw new Refusal(410, "tab_closed");
    const mine = book(payment.tabId);
    const again = mine.answers.get(payment.id);
    if (again && again.body !== request.body) throw new Refusal(409, "request_differs");

    const { terms, termsVersion } = await reader.characters.getTerms({ characterId: payment.characterId });
    const feePerUnit = mischief.feePerUnit;
    const charge: Admitted["charge"] = (use) =>
      inTurn(() => issue(mine, request, signature, { terms, feePerUnit, ...use }));
    if (again) return { again, mine, request, signature, charge };
    if (termsVersion !== payment.termsVersion) {
      throw new Refusal(409, "terms_changed", { termsVersion, terms, feePerUnit });
    }
    const quote = quoted(terms, feePerUnit);
    if (quote.total > payment.maxCost) throw new Refusal(409, "max_cost_too_low", { quote });
    const available = tab.cap - mine.state.cumulative;
    if (quote.total > available) throw new Refusal(402, "tab_exhausted", { available, needed: quote.total });
    const unsigned = mine.state.cumulative - mine.signed;
    if (unsigned > 0n && unsigned + quote.total > mischief.exposureLimit) {
      throw new Refusal(402, "voucher_required", {
        cumulative: mine.state.cumulative,
        exposureLimit: mischief.exposureLimit,
      });
    }
    return { again, mine, request, signature, charge };
  };

  /** Serves one paid chat: admission, answer, receipt. */
  async function serve(header: string, raw: string): Promise<{ text: string; receipt: SignedReceipt; base: bigint }> {
    const body = JSON.parse(raw) as { messages: { role: "user"; content: string }[]; max_tokens: number };
    const { again, mine, request, signature, charge } = await admit(header, raw, (terms, feePerUnit) =>
      quoteChat({ terms, feePerUnit, messages: body.messages, maxTokens: body.max_tokens }),
    );
    if (again?.receipt) return { text: again.text, receipt: again.receipt, base: mine.state.base };
    const asked = `You said: ${body.messages.at(-1)?.content}`;
    const text = mischief.cut ? (asked.split(" ")[0] ?? "") : asked;
    const milliunits = BigInt(text.split(" ").length);
    mine.charge = () => charge({ milliunits, quality: "Standard", response: keccak256(stringToBytes(text)) });
    if (mischief.fail) {
      mine.entries.push(uncharged(request, signature));
      throw new Refusal(502, "upstream_failed");
    }
    const receipt = await mine.charge();
    mine.answers.set(request.id, { body: request.body, text, receipt });
    return { text, receipt, base: mine.state.base };
  }

  async function issue(
    mine: Book,
    request: MeteredRequest,
    signature: Hex,
    { terms, feePerUnit, milliunits, quality, response }: Use & { terms: Terms; feePerUnit: bigint },
  ): Promise<SignedReceipt> {
    const { amount, fee } = quoteUp(terms, feePerUnit, { milliunits, quality });
    const honest: Receipt = {
      operator: operator.address,
      tabId: request.tabId,
      sequence: mine.state.sequence + 1n,
      request: hashRequest(request),
      response,
      characterId: request.characterId,
      termsVersion: request.termsVersion,
      milliunits,
      quality: QUALITIES.indexOf(quality),
      amount,
      fee,
      servedAt: (await publicClient.getBlock()).timestamp,
      previous: mine.state.head,
    };
    const receipt = mischief.tamper?.(honest) ?? honest;
    const signed = { receipt, signature: await signMeter(account, meter, "Receipt", receipt) };
    mine.state = applyReceipt(mine.state, { ...receipt, sequence: honest.sequence, previous: honest.previous });
    mine.unsealed.push(receipt);
    mine.entries.push({ ...uncharged(request, signature), at: receipt.servedAt, receipt: signed, error: null });
    return signed;
  }

  async function acceptVoucher(tabId: bigint, raw: string): Promise<void> {
    const signed = signedVoucherSchema.parse(JSON.parse(raw));
    const mine = book(tabId);
    const tab = await tabOf(tabId);
    const refuse = (reason: string): never => {
      throw new Refusal(422, "voucher_refused", { reason });
    };
    const { voucher } = signed;
    const known = await isMeterSignature(tab.sessionKey, meter, "Voucher", voucher, signed.signature);
    if (!known) refuse("bad_signature");
    if (voucher.base !== mine.state.base) {
      const seal = mine.seals.find((one) => one.voucher.base === voucher.base);
      throw new Refusal(409, "voucher_stale", { seal: seal && shown(seal), base: mine.state.base });
    }
    if (voucher.cumulative <= mine.signed) refuse(voucher.cumulative === mine.signed ? "replayed" : "lower");
    let at = { ...mine.state, cumulative: mine.state.base, lines: [], head: "0x" as Hex } as TabState;
    const first = mine.unsealed[0];
    if (first) at = { ...at, head: first.previous, sequence: first.sequence - 1n };
    const states = mine.unsealed.map((receipt) => {
      at = applyReceipt(at, receipt);
      return at;
    });
    const prefix = states.find(({ head }) => head === voucher.receipts);
    if (!prefix || toWire(voucherOf(prefix)) !== toWire({ ...voucher, operator: prefix.operator })) {
      return refuse("lines_differ");
    }
    mine.signed = voucher.cumulative;
    mine.voucher = signed;
  }

  /** Countersigns the newest voucher of a tab's base. */
  async function seal(tabId: bigint): Promise<Seal> {
    const mine = book(tabId);
    if (!mine.voucher) throw new Error("nothing is signed");
    const { voucher } = mine.voucher;
    const sealSignature = await signMeter(account, meter, "Seal", { voucher: hashVoucher(voucher) });
    const made = { ...mine.voucher, sealSignature };
    mine.seals.push(made);
    const count = mine.unsealed.findIndex((receipt) => receipt.sequence > sequenceOf(mine, voucher.receipts));
    const rest = count === -1 ? [] : mine.unsealed.slice(count);
    const sequence = sequenceOf(mine, voucher.receipts);
    const sealed: TabState = { ...mine.state, ...voucher, lines: [], head: voucher.receipts, sequence };
    mine.state = rest.reduce(applyReceipt, afterSeal(sealed, voucher));
    mine.unsealed = rest;
    mine.voucher = undefined;
    return made;
  }

  function sequenceOf(mine: Book, head: Hex): bigint {
    let at = initialTabState(operator.address, mine.state.tabId);
    for (const { receipt } of mine.entries) {
      // Lines do not matter for the head.
      if (receipt) at = { ...applyReceipt(at, receipt.receipt), lines: [] };
      if (at.head === head) return at.sequence;
    }
    throw new Error("unknown head");
  }

  /** Settles every seal on the chain. */
  async function settle(tabId: bigint): Promise<void> {
    const mine = book(tabId);
    const { spent } = await tabOf(tabId);
    const rows = mine.seals
      .filter(({ voucher }) => voucher.cumulative > spent)
      .map(({ voucher, lines, signature }) => ({ ...voucher, lines, signature }));
    if (rows.length === 0 || !walletClient) return;
    const hash = await walletClient.writeContract({
      address: deployment.contracts.InferenceMeter,
      abi: inferenceMeterAbi,
      functionName: "settle",
      args: [encodeBatch(rows)],
      chain,
      account,
    });
    await publicClient.waitForTransactionReceipt({ hash });
  }

  async function close(tabId: bigint, raw: string): Promise<void> {
    const { total, signature } = parseWire<{ total: bigint; signature: Hex }>(raw);
    const mine = book(tabId);
    if (mine.state.cumulative > total)
      throw new Refusal(402, "voucher_required", { cumulative: mine.state.cumulative });
    if (mine.voucher) await seal(tabId);
    await settle(tabId);
    const digest = { operator: operator.address, tabId, total };
    const mineToo = await signMeter(account, meter, "Close", digest);
    if (!walletClient) return;
    const hash = await walletClient.writeContract({
      address: deployment.contracts.InferenceMeter,
      abi: inferenceMeterAbi,
      functionName: "close",
      args: [operator.address, tabId, Number(total), signature, mineToo],
      chain,
      account,
    });
    await publicClient.waitForTransactionReceipt({ hash });
  }

  /** The tab whose session key asks. */
  async function sessionOf(request: IncomingMessage): Promise<bigint> {
    const header = String(request.headers[SESSION_HEADER.toLowerCase()] ?? "");
    if (header === "") throw new Refusal(401, "invalid_session");
    const session = sessionSchema.parse(JSON.parse(fromBase64Url(header)));
    const { signature, ...message } = session;
    const { sessionKey } = await tabOf(session.tabId);
    if (!(await isMeterSignature(sessionKey, meter, "Session", message, signature))) {
      throw new Refusal(401, "invalid_session");
    }
    return session.tabId;
  }

  const studio = startStudio({ admit, sessionOf, mischief, reader, operator: operator.address, meter });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://relayer");
    const raw = await textOf(request);
    const json = (status: number, value?: unknown) => {
      response.writeHead(status, { "content-type": "application/json" }).end(value === undefined ? "" : toWire(value));
    };
    requests.push(`${request.method} ${url.pathname}`);
    const [, tab, what] = /^\/v1\/tabs\/(\d+)\/?(\w*)$/.exec(url.pathname) ?? [];
    if (url.pathname === "/v1/operator") return json(200, operatorInfo(operator.address, deployment, mischief));
    if (url.pathname.startsWith("/v1/sponsor/")) {
      if (!mischief.sponsors) throw new Refusal(403, "blocked");
      return json(202, { transaction: await sponsor(url.pathname.slice("/v1/sponsor/".length), raw) });
    }
    if (url.pathname === "/v1/seals") {
      const of = url.searchParams.get("tabId");
      const seals = [...books.values()]
        .flatMap((one) => one.seals)
        .filter((s) => !of || String(s.voucher.tabId) === of);
      return json(200, { seals: seals.map(shown), next: null });
    }
    if (tab !== undefined) {
      const tabId = BigInt(tab);
      const mine = book(tabId);
      if (what === "vouchers") {
        if (mischief.loseVouchers) return void request.socket.destroy();
        await acceptVoucher(tabId, raw);
        return json(204);
      }
      if (what === "close") {
        await close(tabId, raw);
        return json(202);
      }
      if ((await sessionOf(request)) !== tabId) throw new Refusal(401, "invalid_session");
      if (what === "statement") {
        const after = BigInt(url.searchParams.get("after") ?? 0);
        const limit = Number(url.searchParams.get("limit") ?? 2);
        const later = mine.entries.filter(({ receipt }) => !receipt || receipt.receipt.sequence > after);
        const page = later.slice(0, limit);
        const next = later.length > limit ? (page.at(-1)?.receipt?.receipt.sequence ?? null) : null;
        return json(200, { entries: page, seals: mine.seals.map(shown), next });
      }
      const { payer, sessionKey, cap, spent, expiry, closing } = await tabOf(tabId);
      const { base, cumulative, sequence, head, lines } = mine.state;
      const chainSide = { operator: operator.address, tabId, payer, sessionKey, cap, spent, expiry, closing };
      const { exposureLimit } = mischief;
      const mineSide = { base, cumulative, signed: mine.signed, reserved: 0n, exposureLimit, sequence, head, lines };
      return json(200, { ...chainSide, ...mineSide });
    }
    if (url.pathname === "/v1/chat/completions") {
      const header = request.headers[PAYMENT_HEADER.toLowerCase()];
      const { stream, messages } = JSON.parse(raw) as { stream?: boolean; messages: { content: string }[] };
      if (header === undefined) {
        const text = `Freely: ${messages.at(-1)?.content}`;
        return answer(response, stream === true, text, undefined);
      }
      const served = await serve(String(header), raw);
      if (mischief.loseAnswer) return void request.socket.destroy();
      if (mischief.break) throw new Refusal(...mischief.break);
      const { receipt, base, text } = served;
      return answer(response, stream === true, text, { receipt, base }, mischief.cut);
    }
    if (await studio.handle(request, response, url, raw)) return;
    throw new Refusal(404, "not_found");
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      const refusal = error instanceof Refusal ? error : new Refusal(503, "unavailable", { cause: String(error) });
      const { status, code, message, stelai } = refusal;
      response.writeHead(status, { "content-type": "application/json" });
      response.end(toWire({ error: { message, type: "stelai_error", param: null, code, stelai } }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    operator: operator.address,
    mischief,
    /** Method and path of every request. */
    requests,
    book,
    seal,
    settle,
    studio,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export type TestRelayer = Awaited<ReturnType<typeof startTestRelayer>>;
