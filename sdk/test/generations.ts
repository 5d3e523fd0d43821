/**
 * The test relayer's tools and generations, by docs/PROTOCOL.md. What is asked for is made at once, or, while a test
 * holds the queue, when that test says so.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { type Address, keccak256, stringToBytes } from "viem";
import {
  characterIdOf,
  type MadeModality,
  type MeterReference,
  PAYMENT_HEADER,
  QUALITIES,
  quoteUp,
  type Stelai,
} from "../src/index.ts";
import type { Generation, QuoteResponse, Settings, SignedReceipt } from "../src/wire.ts";
import { toWire } from "../src/wire.ts";
import { type Admit, type Admitted, type Mischief, Refusal, uncharged } from "./answers.ts";
import { make, TOOLS } from "./media.ts";

type Needs = {
  admit: Admit;
  /** The tab whose session key asks. */
  sessionOf: (request: IncomingMessage) => Promise<bigint>;
  mischief: Mischief;
  reader: Stelai;
  operator: Address;
  meter: MeterReference;
};

type Made = {
  generation: Generation;
  admitted: Admitted | undefined;
  tabId: bigint | undefined;
  termsVersion: bigint;
  bytes: Uint8Array | undefined;
};

type Body = Record<string, string | number | undefined> & { model: string };

const PATHS: Readonly<Record<string, MadeModality>> = {
  "/v1/images/generations": "Image",
  "/v1/videos": "Video",
  "/v1/audio/speech": "Voice",
  "/v1/music": "Music",
};
/** OpenAI's words for a quality. */
const WORDS: Readonly<Record<string, string>> = { low: "Draft", medium: "Standard", auto: "Standard", hd: "High" };

export function startStudio(needs: Needs) {
  const { admit, sessionOf, mischief, reader, operator, meter } = needs;
  const all = new Map<string, Made>();
  const control = {
    /** Whether what is asked for waits until a test works on it. */
    hold: false,
    /** Gives other bytes than were made. */
    swap: undefined as ((bytes: Uint8Array) => Uint8Array) | undefined,
    /** Who asked for generations, in order: a tab, or `account` for who is signed in. */
    viewers: [] as (bigint | "account")[],
  };
  let waiting: (() => void)[] = [];
  const watchers: (() => void)[] = [];
  const tell = () => {
    const waiters = waiting;
    waiting = [];
    for (const wake of waiters) wake();
  };
  const change = (made: Made, next: Partial<Generation>) => {
    made.generation = { ...made.generation, ...next };
    tell();
  };
  const find = (id: string): Made => {
    const made = all.get(id);
    if (!made) throw new Refusal(404, "generation_not_found");
    return made;
  };
  const isOver = ({ generation }: Made) => !["queued", "in_progress"].includes(generation.status);

  /** Makes what waits: stored, then charged. */
  async function work(id: string): Promise<void> {
    const made = find(id);
    const { generation, admitted } = made;
    const { bytes, about } = make(generation.modality as MadeModality, generation.prompt, generation.settings);
    const contentHash = keccak256(bytes);
    const { milliunits, quality } = generation.quote;
    const receipt = await admitted?.charge({ milliunits, quality, response: contentHash });
    if (admitted && receipt) answered(admitted, id, receipt);
    made.bytes = bytes;
    change(made, {
      ...{ status: "completed", waitsFor: null, ahead: null, progress: 100, completed_at: 2 },
      file: { ...about, bytes: bytes.length, contentHash, cid: "bafy", publicCid: null },
      urls: { content: `/v1/files/${id}/content`, preview: `/v1/files/${id}/preview`, expiresAt: 9 },
      metered: receipt && admitted ? { receipt, base: admitted.mine.state.base } : null,
    });
  }

  function end(id: string, status: "failed" | "cancelled", code = "upstream_failed"): void {
    const made = find(id);
    const { admitted } = made;
    if (admitted) {
      admitted.mine.entries.push(uncharged(admitted.request, admitted.signature));
      admitted.mine.answers.delete(admitted.request.id);
    }
    change(made, { status, waitsFor: null, ahead: null, error: { code, message: `${code}. No money moved.` } });
  }

  async function ask(request: IncomingMessage, modality: MadeModality, raw: string): Promise<Made> {
    const body = JSON.parse(raw) as Body;
    const characterId = characterIdOf(body.model) ?? 0n;
    const tool = TOOLS[modality];
    const settings = settingsOf(modality, body);
    const prompt = String(body.prompt ?? body.input ?? "");
    if (settings.size !== undefined && !tool.sizes.includes(settings.size)) throw new Refusal(400, "invalid_request");
    const milliunits = extentOf(modality, settings, prompt);
    const { terms, termsVersion } = await reader.characters.getTerms({ characterId });
    const quoted = quoteUp(terms, mischief.feePerUnit, { milliunits, quality: settings.quality });
    const quote: QuoteResponse = {
      characterId,
      termsVersion,
      modality,
      quality: settings.quality,
      milliunits,
      ...quoted,
    };
    const header = request.headers[PAYMENT_HEADER.toLowerCase()];
    if (header === undefined && quote.total > 0n) throw new Refusal(402, "payment_required", { quote });
    const admitted = header === undefined ? undefined : await admit(String(header), raw, () => quote);
    if (admitted?.again) return find(admitted.again.text);
    const id = `gen_${all.size + 1}`;
    const made: Made = {
      ...{ admitted, tabId: admitted?.request.tabId, termsVersion, bytes: undefined },
      generation: {
        ...{ id, object: "generation", model: body.model, modality, status: "queued", waitsFor: "turn", ahead: 0 },
        ...{ progress: 0, secondsLeft: null, created_at: 1, started_at: null, completed_at: null, prompt, settings },
        ...{ quote, engine: { name: "test", label: "Test pictures and tones" }, file: null, urls: null, error: null },
        ...{ metered: null, requestId: admitted?.request.id ?? null, pass: null },
      },
    };
    all.set(id, made);
    if (admitted) answered(admitted, id, undefined);
    if (mischief.fail) end(id, "failed");
    else if (!control.hold) await work(id);
    return made;
  }

  async function viewerOf(request: IncomingMessage): Promise<bigint | "account"> {
    const isSignedIn = request.headers.authorization === "Bearer t0ken";
    const viewer = isSignedIn ? "account" : await sessionOf(request);
    control.viewers.push(viewer);
    return viewer;
  }

  async function mine(request: IncomingMessage, id: string): Promise<Made> {
    const made = find(id);
    if (made.tabId === undefined) return made;
    const viewer = await viewerOf(request);
    if (viewer !== "account" && viewer !== made.tabId) throw new Refusal(404, "generation_not_found");
    return made;
  }

  function recordOf({ generation, termsVersion }: Made): object {
    const { id, quote, file, settings, modality, engine, metered, prompt } = generation;
    if (!file) throw new Refusal(409, "generation_not_finished");
    return {
      ...{ version: 1, generation: id, operator, chainId: meter.chainId, characterId: quote.characterId, termsVersion },
      ...{ promptHash: keccak256(stringToBytes(prompt)), contentHash: file.contentHash, mediaType: file.mediaType },
      ...{ bytes: file.bytes, modality, quality: settings.quality, seed: settings.seed ?? 0, engine, madeAt: 2 },
      receipt: metered?.receipt ?? null,
    };
  }

  /** OpenAI's shape of a video, and ours of music. */
  const jobOf = ({ generation }: Made) => {
    const { id, model, status, progress, settings, created_at, completed_at, error } = generation;
    const object = generation.modality === "Music" ? "music" : "video";
    const shared = { id, object, model, progress, created_at, completed_at, error, size: settings.size };
    const seconds = String(settings.seconds);
    return { ...shared, seconds, status: status === "cancelled" ? "failed" : status, stelai: generation };
  };

  /** @returns whether it was asked for something of its own. */
  async function handle(request: IncomingMessage, response: ServerResponse, url: URL, raw: string): Promise<boolean> {
    const json = (status: number, value?: unknown, headers: object = {}) => {
      response.writeHead(status, { "content-type": "application/json", ...headers });
      response.end(value === undefined ? "" : toWire(value));
      return true;
    };
    const file = (bytes: Uint8Array, mediaType: string, headers: object = {}) => {
      response.writeHead(200, { "content-type": mediaType, ...headers }).end(control.swap?.(bytes) ?? bytes);
      return true;
    };
    const modality = request.method === "POST" ? PATHS[url.pathname] : undefined;
    if (modality) {
      const made = await ask(request, modality, raw);
      if (mischief.loseAnswer) {
        request.socket.destroy();
        return true;
      }
      const isJob = modality === "Video" || modality === "Music";
      if (isJob) return json(200, jobOf(made));
      if (request.headers.prefer === "respond-async") return json(202, made.generation);
      while (!isOver(made)) await new Promise<void>((resolve) => waiting.push(resolve));
      const { id, error, metered, urls } = made.generation;
      if (error || !made.bytes) throw new Refusal(502, error?.code ?? "upstream_failed");
      if (modality === "Voice") {
        const carried = metered ? { "stelai-metered": Buffer.from(toWire(metered)).toString("base64url") } : {};
        return file(made.bytes, "audio/wav", { "stelai-generation": id, ...carried });
      }
      const bytes = control.swap?.(made.bytes) ?? made.bytes;
      const wantsUrl = (JSON.parse(raw) as Body).response_format === "url";
      const data = wantsUrl ? { url: urls?.content } : { b64_json: Buffer.from(bytes).toString("base64") };
      return json(200, { created: 1, data: [data], stelai: { generation: id, ...metered } });
    }
    if (url.pathname === "/v1/quotes") {
      const body = JSON.parse(raw) as Body;
      const characterId = characterIdOf(body.model) ?? 0n;
      const { modality } = await reader.characters.getCharacter({ characterId });
      const settings = settingsOf(modality as MadeModality, body);
      const milliunits = extentOf(modality as MadeModality, settings, String(body.input ?? body.prompt ?? ""));
      const { terms, termsVersion } = await reader.characters.getTerms({ characterId });
      const { quality } = settings;
      const cost = quoteUp(terms, mischief.feePerUnit, { milliunits, quality });
      return json(200, { characterId, termsVersion, modality, quality, milliunits, ...cost });
    }
    const model = /^\/v1\/models\/(stelai-\d+)$/.exec(url.pathname)?.[1];
    if (model !== undefined) {
      const { modality } = await reader.characters.getCharacter({ characterId: characterIdOf(model) ?? 0n });
      return json(200, { id: model, stelai: { modality, tool: modality === "Chat" ? null : TOOLS[modality] } });
    }
    if (["/v1/generations", "/v1/videos"].includes(url.pathname)) {
      const viewer = await viewerOf(request);
      const wanted = ["modality", "status", "model"].map((name) => [name, url.searchParams.get(name)] as const);
      const found = [...all.values()]
        .reverse()
        .filter(({ tabId }) => viewer === "account" || tabId === viewer)
        .filter(({ generation }) =>
          wanted.every(([name, value]) => value === null || generation[name as "modality"] === value),
        );
      const from = url.searchParams.get("before");
      const rest = from === null ? found : found.slice(1 + found.findIndex(({ generation }) => generation.id === from));
      const limit = Number(url.searchParams.get("limit") ?? 20);
      const data = rest.slice(0, limit).map(({ generation }) => generation);
      return json(200, { object: "list", data, next: rest.length > limit ? data.at(-1)?.id : null });
    }
    const [, kind, id, part] = /^\/v1\/(generations|videos|music)\/([^/]+)(?:\/(\w+))?$/.exec(url.pathname) ?? [];
    if (id === undefined) return false;
    const made = await mine(request, id);
    const shown = () => (kind === "generations" ? made.generation : jobOf(made));
    if (request.method === "DELETE") {
      if (!isOver(made)) end(id, "cancelled", "cancelled");
      all.delete(id);
      return kind === "generations" ? json(204) : json(200, { id, object: "video.deleted", deleted: true });
    }
    if (part === "cancel") {
      if (isOver(made)) throw new Refusal(409, "generation_ended");
      end(id, "cancelled", "cancelled");
      return json(200, shown());
    }
    if (part === "publish") {
      if (!made.generation.file) throw new Refusal(409, "generation_not_finished");
      change(made, { file: { ...made.generation.file, publicCid: "bafypublic" } });
      return json(200, shown());
    }
    if (part === "record") return json(200, recordOf(made));
    if (part === "content" || part === "preview" || part === "export") {
      if (!made.bytes || !made.generation.file) throw new Refusal(409, "generation_not_finished");
      return file(made.bytes, made.generation.file.mediaType);
    }
    if (url.searchParams.has("wait") && !isOver(made)) {
      const before = made.generation;
      while (made.generation === before) {
        const changed = new Promise<void>((resolve) => waiting.push(resolve));
        for (const seen of watchers.splice(0)) seen();
        await changed;
      }
    }
    return json(200, shown());
  }

  return {
    control,
    handle,
    work,
    /** Ends one that waits, with nothing charged. */
    end,
    /** Shows that it goes on. */
    progress: (id: string, progress: number) => change(find(id), { status: "in_progress", waitsFor: null, progress }),
    /** Says something else of one than is so. */
    alter: (id: string, next: Partial<Generation>) => change(find(id), next),
    /** Ends when somebody waits for a change. */
    whenWaited: () => new Promise<void>((resolve) => (waiting.length > 0 ? resolve() : watchers.push(resolve))),
    /** Has one wait until what was served is signed for. */
    waitForVoucher: (id: string) => change(find(id), { waitsFor: "voucher" }),
    /** Charges a generation that was made, or came to nothing, once more. */
    chargeAgain: async (id: string) => {
      const { admitted, generation } = find(id);
      const { milliunits, quality } = generation.quote;
      return admitted?.charge({ milliunits, quality, response: `0x${"00".repeat(32)}` });
    },
    newest: () => [...all.keys()].at(-1) ?? "",
  };
}

function answered({ mine, request }: Admitted, id: string, receipt: SignedReceipt | undefined): void {
  mine.answers.set(request.id, { body: request.body, text: id, receipt });
}

function settingsOf(modality: MadeModality, body: Body): Settings {
  const tool = TOOLS[modality];
  const text = (name: string) => (body[name] === undefined ? undefined : String(body[name]));
  const size = text("size") === "auto" ? undefined : text("size");
  const asked = text("quality");
  const word = WORDS[asked ?? ""] ?? asked ?? tool.qualities[0];
  const quality = QUALITIES.find((one) => one.toLowerCase() === word?.toLowerCase());
  if (!quality || !tool.qualities.includes(quality)) throw new Refusal(400, "invalid_request");
  const seconds = tool.seconds ? Number(body.seconds ?? tool.seconds.default) : undefined;
  return {
    ...{ quality, seed: Number(body.seed ?? 7), format: tool.formats[0] },
    ...(tool.sizes.length > 0 ? { size: size ?? tool.sizes[0] } : {}),
    ...(seconds === undefined ? {} : { seconds }),
    ...(modality === "Voice" ? { voice: text("voice") ?? "ada" } : {}),
  };
}

/** Counted apart from the SDK, which is held against it. */
function extentOf(modality: MadeModality, { size = "", seconds = 0 }: Settings, text: string): bigint {
  if (modality === "Voice") return BigInt([...text].length);
  if (modality !== "Image") return BigInt(seconds * 1_000);
  const [width = 0, height = 0] = size.split("x").map(Number);
  return BigInt(Math.ceil((width * height) / 1_000));
}
