import { MODALITIES } from "@stelai/sdk";
import { depositRequestSchema, hash, uint48 } from "@stelai/sdk/wire";
import { type Context, Hono } from "hono";
import * as z from "zod";
import { UnavailableError } from "../errors.ts";
import { SEALED_FILE_BYTES } from "../generations/files.ts";
import { type AppEnv, json, readBody, readJson, validate } from "../http.ts";
import { GenerationNotFoundError } from "../inference/generationErrors.ts";
import type { Depositor, DepositRow } from "../market/types.ts";
import { requireAccount } from "../people/accounts.ts";
import type { Services } from "../services.ts";

/** Of one network, a minute: a page of a work asks once. */
const READS_PER_MINUTE = 120;
const MAX_BODY_BYTES = 4_096;
const PRIVATE = { "Cache-Control": "private, no-store" };
const FILE_KEY = "Stelai-File-Key";
const CONTENT_HASH = "Stelai-Content-Hash";

const keySchema = z
  .string(`must be 32 bytes in base64url`)
  .regex(/^[A-Za-z0-9_-]{43}$/, "must be 32 bytes in base64url")
  .transform((text) => Buffer.from(text, "base64url"));
const querySchema = z.object({ modality: z.enum(MODALITIES).exclude(["Chat"]).optional() });

/**
 * `POST /v1/deposits` and `GET /v1/deposits/:contentHash`: files that works are delivered from; and for anyone
 * `GET /v1/works/:id/deposit`, whether a work can be.
 */
export function depositRoutes(services: Services): Hono<AppEnv> {
  const { config, people, generations, market } = services;
  const { deposits } = market;
  const writes = services.limits.perMinute("deposits.writes", config.RATE_WRITES_PER_MINUTE);
  const reads = services.limits.perMinute("deposits.reads", READS_PER_MINUTE);
  const underWay = new UnderWay(config.FILES_IN_FLIGHT_BYTES);
  const routes = new Hono<AppEnv>();

  const ofGeneration = async (context: Context<AppEnv>, depositor: Depositor): Promise<DepositRow> => {
    const { generation } = await readJson(context, MAX_BODY_BYTES, depositRequestSchema);
    const row = await generations.find(generation);
    if (row === undefined) throw new GenerationNotFoundError();
    return deposits.depositGeneration(depositor, row);
  };

  const ofFile = (context: Context<AppEnv>, depositor: Depositor): Promise<DepositRow> => {
    const { modality } = validate(context.req.query(), querySchema);
    const key = validate(context.req.header(FILE_KEY), keySchema, FILE_KEY);
    const contentHash = validate(context.req.header(CONTENT_HASH), hash, CONTENT_HASH);
    const limit = config.MEDIA_BYTES_LIMIT + SEALED_FILE_BYTES;
    return underWay.with(announced(context, limit), async () => {
      const ciphertext = await readBody(context, limit);
      return deposits.depositFile(depositor, { key, contentHash, ciphertext, modality });
    });
  };

  routes.post("/v1/deposits", async (context) => {
    const account = await requireAccount(context, people);
    writes.take(account);
    const isFile = context.req.header(FILE_KEY) !== undefined || context.req.header(CONTENT_HASH) !== undefined;
    const depositor = { account, networkAddress: context.get("ip") };
    const row = await (isFile ? ofFile(context, depositor) : ofGeneration(context, depositor));
    return json(deposits.view(row), 200, PRIVATE);
  });

  routes.get("/v1/deposits/:contentHash", async (context) => {
    const account = await requireAccount(context, people);
    const contentHash = validate(context.req.param("contentHash"), hash, "contentHash");
    return json(deposits.view(await deposits.renew(contentHash, account)), 200, PRIVATE);
  });

  routes.get("/v1/works/:id/deposit", async (context) => {
    reads.take(context.get("ip"));
    const workId = validate(context.req.param("id"), uint48, "id");
    return json(await market.depositOf(workId), 200, { "Cache-Control": "no-store" });
  });

  return routes;
}

/** How much a body says it is; what says nothing may be as large as any. */
function announced(context: Context<AppEnv>, limit: number): number {
  const length = Number(context.req.header("Content-Length") ?? Number.NaN);
  return Number.isSafeInteger(length) && length >= 0 ? length : limit;
}

/** Bytes of uploads that this process holds at a time; one alone may be larger. */
class UnderWay {
  readonly #limit: number;
  #bytes = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  async with<T>(bytes: number, work: () => Promise<T>): Promise<T> {
    if (this.#bytes > 0 && this.#bytes + bytes > this.#limit) {
      throw new UnavailableError("Too many files are being deposited here. Try again in a moment.");
    }
    this.#bytes += bytes;
    try {
      return await work();
    } finally {
      this.#bytes -= bytes;
    }
  }
}
