import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Hex } from "viem";
import * as z from "zod";
import { deploymentSchema, type RelayerDeployment } from "./deploymentFile.ts";

/** Thrown when the environment cannot be used; the message names every variable and what it must be. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

const text = z.string().trim().min(1);
const url = z.url({ protocol: /^https?$/, error: "must be an http(s) URL" });
const integer = (minimum: number, maximum: number) =>
  z
    .string()
    .regex(/^[0-9]+$/, `must be a whole number from ${minimum} to ${maximum}`)
    .transform(Number)
    .refine((value) => value >= minimum && value <= maximum, `must be a whole number from ${minimum} to ${maximum}`);
const micro = (bits: number, what = "microcredits") =>
  z
    .string()
    .regex(/^[0-9]+$/, `must be a whole number of ${what}`)
    .transform(BigInt)
    .refine((value) => value >> BigInt(bits) === 0n, `must fit ${bits} bits`);
const flag = z.enum(["true", "false"], "must be true or false").transform((value) => value === "true");
const provider = z.enum(["local", "openai"], "must be local or openai").default("local");
const secret = z
  .string()
  .regex(/^(0x)?[0-9a-fA-F]{64}$/, "must be 32 bytes in hex")
  .transform((value) => `0x${value.replace(/^0x/, "").toLowerCase()}` as Hex);

/** Which model each provider needs of an OpenAI-compatible upstream. */
const OPENAI_MODELS = [
  ["PROVIDER", "OPENAI_MODEL"],
  ["IMAGE_PROVIDER", "OPENAI_IMAGE_MODEL"],
  ["VIDEO_PROVIDER", "OPENAI_VIDEO_MODEL"],
  ["VOICE_PROVIDER", "OPENAI_SPEECH_MODEL"],
] as const;

const environmentSchema = z
  .object({
    HOST: text.default("127.0.0.1"),
    PORT: integer(0, 65_535).default(8787),
    /** Where clients reach this relayer; the base of links and of sign-in messages. */
    PUBLIC_URL: url.optional(),
    /** Origins of web pages that may call it, separated by commas. */
    WEB_ORIGIN: text.default("http://localhost:5173"),
    /** How many proxies of the operator's are in front, each of which adds to X-Forwarded-For; `true` is one. */
    TRUST_PROXY: z
      .string()
      .regex(/^(true|false|[0-9])$/, "must be true, false, or how many proxies there are")
      .transform((value) => (value === "true" ? 1 : value === "false" ? 0 : Number(value)))
      .default(0),
    LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
    /** How people reach who runs this: a mail address or a web page, shown at /privacy. */
    OPERATOR_CONTACT: text.max(200).optional(),
    ADMIN_TOKEN: text.min(16, "must have 16 characters or more").optional(),

    RPC_URL: url,
    /** Path of the deployment's JSON: chain, contracts, start block, finality. */
    DEPLOYMENT: text,
    /** A newest block that is older than this means that the node stands still: no payments then. 0: never, as for local chains. */
    HEAD_AGE_SECONDS: integer(0, 86_400).default(0),
    CHAIN_POLL_MS: integer(50, 60_000).default(1_000),
    OPERATOR_PRIVATE_KEY: secret,

    /** Postgres; without it an embedded PGlite in DATA_DIR. */
    DATABASE_URL: z
      .string()
      .regex(/^postgres(ql)?:\/\/.+/, "must be a postgres:// URL")
      .optional(),
    DATA_DIR: text.default(".stelai/relayer"),
    /** Encrypts personas and kept answers at rest. */
    MASTER_KEY: secret,
    /** Master keys from before, separated by commas: what they encrypted can still be read. */
    PREVIOUS_MASTER_KEYS: z
      .string()
      .transform((list) => list.split(",").map((item) => item.trim()))
      .pipe(z.array(secret))
      .default([]),
    IPFS_API_URL: url.optional(),

    /** What answers chats. */
    PROVIDER: provider,
    OPENAI_BASE_URL: url
      .refine((text) => !/^[^/]*\/\/[^/]*@/.test(text), "must be without a password; a key belongs into OPENAI_API_KEY")
      .optional(),
    OPENAI_API_KEY: text.optional(),
    OPENAI_MODEL: text.optional(),
    /** What makes each modality: the embedded engine, or a model of the OpenAI-compatible upstream. */
    IMAGE_PROVIDER: provider,
    VIDEO_PROVIDER: provider,
    VOICE_PROVIDER: provider,
    MUSIC_PROVIDER: z.enum(["local"], "must be local").default("local"),
    OPENAI_IMAGE_MODEL: text.optional(),
    OPENAI_VIDEO_MODEL: text.optional(),
    OPENAI_SPEECH_MODEL: text.optional(),
    UPSTREAM_CONNECT_TIMEOUT_MS: integer(10, 600_000).default(30_000),
    UPSTREAM_IDLE_TIMEOUT_MS: integer(10, 600_000).default(60_000),

    FEE_PER_UNIT_CHAT: micro(40).default(0n),
    FEE_PER_UNIT_IMAGE: micro(40).default(0n),
    FEE_PER_UNIT_VIDEO: micro(40).default(0n),
    FEE_PER_UNIT_VOICE: micro(40).default(0n),
    FEE_PER_UNIT_MUSIC: micro(40).default(0n),
    /** Completion tokens when the client names no limit, and the most it may name. */
    DEFAULT_TOKENS: integer(1, 1_000_000).default(512),
    MAXIMUM_TOKENS: integer(1, 1_000_000).default(4_096),

    /** Unsigned exposure of a tab: at first, plus a share of what its payer has settled, at most. */
    EXPOSURE_INITIAL: micro(40).default(1_000_000n),
    EXPOSURE_SETTLED_BPS: integer(0, 10_000).default(1_000),
    EXPOSURE_MAXIMUM: micro(40).default(100_000_000n),

    /** A tab is sealed and settled when this much is signed, */
    SETTLE_VALUE: micro(40).default(5_000_000n),
    /** or what is signed is this old, */
    SETTLE_AGE_SECONDS: integer(1, 2_592_000).default(3_600),
    /** or its expiry is this near. */
    SETTLE_NEAR_EXPIRY_SECONDS: integer(0, 2_592_000).default(14_400),
    SETTLE_INTERVAL_MS: integer(50, 3_600_000).default(5_000),
    /** What a character or the operator's fee must have accrued for the settler to collect it; 0 never collects. */
    COLLECT_VALUE: micro(64).default(1_000_000n),
    /** A transaction that is not mined for so long is sent again with a higher fee. */
    TRANSACTION_STUCK_SECONDS: integer(1, 86_400).default(30),

    /** Generations that this process works on at a time; 0 leaves them to others on the same database. */
    GENERATIONS_AT_ONCE: integer(0, 64).default(2),
    /** Of one account: how many are worked on at a time, and how many may wait. */
    GENERATIONS_PER_ACCOUNT: integer(1, 64).default(1),
    GENERATIONS_WAITING_PER_ACCOUNT: integer(1, 10_000).default(50),
    /** Who cancels so many in an hour after work on them had begun waits behind all others for the rest of it. */
    GENERATION_CANCELS_PER_HOUR: integer(1, 10_000).default(20),
    /** Of what nobody pays by a tab: how much is stored a UTC day for one account (a pass) or one network (free). */
    FREE_MEDIA_BYTES_PER_DAY: integer(0, 1_000_000_000_000).default(268_435_456),
    /** How often one is tried when the upstream fails or the process dies, how long a try may take, */
    GENERATION_ATTEMPTS: integer(1, 10).default(3),
    GENERATION_TIMEOUT_SECONDS: integer(1, 86_400).default(300),
    /** and how long one may wait for its turn or a voucher. */
    GENERATION_WAIT_SECONDS: integer(1, 604_800).default(3_600),
    /** The most that may be asked for: Unicode code points, pixels of an image and of a video's frame, seconds. */
    PROMPT_LIMIT: integer(1, 1_000_000).default(4_000),
    IMAGE_PIXELS_LIMIT: integer(1, 100_000_000).default(4_194_304),
    VIDEO_PIXELS_LIMIT: integer(1, 100_000_000).default(2_073_600),
    VIDEO_SECONDS_LIMIT: integer(1, 3_600).default(20),
    MUSIC_SECONDS_LIMIT: integer(1, 3_600).default(120),
    /** The largest file that an upstream may give back, in bytes. */
    MEDIA_BYTES_LIMIT: integer(1_024, 268_435_456).default(67_108_864),
    /** How long the address of a file is good for. */
    FILE_URL_SECONDS: integer(10, 604_800).default(3_600),
    /** What nobody signed in made is forgotten after so long. */
    UNOWNED_RETENTION_SECONDS: integer(60, 31_536_000).default(3_600),

    /** What this process answers at a time: requests, and bytes of their bodies. Above that it says 503 and Retry-After. */
    REQUESTS_IN_FLIGHT: integer(1, 1_000_000).default(1_000),
    BODIES_IN_FLIGHT_BYTES: integer(1_024, 17_179_869_184).default(268_435_456),
    /** How long a client may take for a request's headers, and for all of it. */
    HEADERS_TIMEOUT_MS: integer(100, 600_000).default(15_000),
    REQUEST_TIMEOUT_MS: integer(100, 3_600_000).default(300_000),
    /** How long a body may take to begin or to go on; on average it comes at 8 kB/s or faster. */
    BODY_TIMEOUT_MS: integer(100, 600_000).default(30_000),
    /** How long what is under way may take to end when the process is asked to stop. */
    DRAIN_SECONDS: integer(0, 3_600).default(25),
    /** A process on the same database that was not heard of for so long is dead: others let go of what it held. */
    INSTANCE_TIMEOUT_SECONDS: integer(3, 3_600).default(30),

    BODY_LIMIT: integer(1_024, 104_857_600).default(1_048_576),
    /** Answers kept so that a repeated request is the same answer. */
    ANSWER_RETENTION_SECONDS: integer(60, 31_536_000).default(86_400),
    RATE_FREE_PER_MINUTE: integer(1, 1_000_000).default(20),
    RATE_WRITES_PER_MINUTE: integer(1, 1_000_000).default(60),
    /** Of one network: single payments, of each of which the chain is asked. */
    RATE_PAYMENTS_PER_MINUTE: integer(1, 1_000_000).default(300),
    /** Of one network: requests for files, each of which may be a range of one. */
    RATE_FILES_PER_MINUTE: integer(1, 1_000_000).default(1_200),
    /** Of one network: pictures of shared pages that nobody asked for before, each of which is drawn. */
    RATE_DRAWINGS_PER_MINUTE: integer(1, 1_000_000).default(30),
    /** Bytes of files that this process has on their way at a time; one file alone may be larger. */
    FILES_IN_FLIGHT_BYTES: integer(1_024, 17_179_869_184).default(268_435_456),
    /** Requests that wait for generations at a time, of one account and of one network. */
    WAITS_PER_ACCOUNT: integer(1, 100_000).default(100),
    WAITS_PER_NETWORK: integer(1, 100_000).default(200),
    /** What a pass is good for a UTC day, per character: requests. */
    PASS_DAILY_REQUESTS: integer(1, 1_000_000).default(200),
    /** The keeper renews passes that are due while gas costs at most this; 0 leaves that to others. */
    KEEPER_MAX_GAS_PRICE: micro(90, "wei of the chain's coin").default(200_000_000_000n),
    /** Renewals of a lower price are left to others: sending them costs more than they bring. */
    KEEPER_MINIMUM_PRICE: micro(40).default(100_000n),
    /** How many passes one transaction renews at most. */
    KEEPER_BATCH: integer(1, 100).default(50),
    KEEPER_INTERVAL_MS: integer(50, 3_600_000).default(5_000),

    /** Whether it also renews plans, tops up, and records and burns bonus credits, for anyone: that brings it nothing. */
    KEEPER_PLANS: flag.default(true),
    /** The most that all of that may cost in a UTC day, counted by gas limits and highest fees, before anything is sent. */
    KEEPER_PLANS_DAILY_BUDGET: micro(90, "wei of the chain's coin").default(100_000_000_000_000_000n),
    /** How often one account is topped up in a UTC day. */
    TOP_UPS_PER_ACCOUNT_PER_DAY: integer(1, 1_000_000).default(10),
    /** A top-up that costs less is left to others. */
    TOP_UP_MINIMUM_PRICE: micro(96, "reserve units").default(100_000n),
    /** Lapsed bonus credits are burned once they come to so much; 0 leaves that to others. */
    BURN_MINIMUM: micro(63).default(1_000_000_000n),
    /** Who has less left in all is told so; 0 tells nobody. */
    BALANCE_LOW: micro(63).default(50_000_000n),

    /** Sold licences are attested and concluded while gas costs at most this; 0 leaves that to others. */
    DELIVERY_MAX_GAS_PRICE: micro(90, "wei of the chain's coin").default(200_000_000_000n),
    /** Licences that were cheaper are not attested, and refunded by time: delivering them costs more than they bring. */
    DELIVERY_MINIMUM_PRICE: micro(40).default(100_000n),
    /** How many licences one transaction attests or concludes at most. */
    DELIVERY_BATCH: integer(1, 100).default(50),
    DELIVERY_INTERVAL_MS: integer(50, 3_600_000).default(5_000),

    SPONSOR: flag.default(true),
    /** What sponsoring costs: a purchase in reserve units, a tab or a top-up in wei of STELAI. */
    SPONSOR_PURCHASE_FEE: micro(128, "reserve units").default(0n),
    SPONSOR_TAB_FEE: micro(128, "wei of STELAI").default(0n),
    /** The smallest cap or top-up that is sponsored. */
    SPONSOR_MINIMUM_CAP: micro(40).default(1_000_000n),
    SPONSOR_PER_ACCOUNT_PER_DAY: integer(1, 1_000_000).default(20),
    SPONSOR_PER_ADDRESS_PER_DAY: integer(1, 1_000_000).default(100),
    /** The most gas one sponsored transaction may use, and the most all of a day may cost. */
    SPONSOR_MAXIMUM_GAS: micro(40, "gas").default(400_000n),
    SPONSOR_DAILY_BUDGET: micro(90, "wei of the chain's coin").default(50_000_000_000_000_000n),

    /**
     * Single payments by x402: `true` takes them, and makes the operator's receiver; `auto` if there is one, which
     * anybody may have made; `false` takes none.
     */
    X402: z.enum(["auto", "true", "false"], "must be auto, true or false").default("false"),
    /** What each costs beside the price, for its transaction. */
    X402_FEE: micro(40).default(500_000n),
    /** The most gas that settling one may use, */
    X402_MAXIMUM_GAS: micro(40, "gas").default(700_000n),
    /** and how long an answer waits for the chain to have it. */
    X402_SETTLE_SECONDS: integer(1, 600).default(30),
    /** None are taken while gas costs more than that, or the day's budget for settling them is used up. */
    X402_MAX_GAS_PRICE: micro(90, "wei of the chain's coin").default(200_000_000_000n),
    X402_DAILY_BUDGET: micro(90, "wei of the chain's coin").default(100_000_000_000_000_000n),
    /**
     * How many of one payer, and of one network, may be worked for in a UTC day and not be charged: those that are worked
     * for now, and those that came to nothing by the payer's doing.
     */
    X402_UNPAID_PER_DAY: integer(1, 1_000_000).default(50),
    X402_UNPAID_PER_NETWORK_PER_DAY: integer(1, 1_000_000).default(200),

    /** A mail server, `smtps://user:password@host`, and the sender: with both, notifications can be mailed. */
    SMTP_URL: z
      .string()
      .regex(/^smtps?:\/\/.+/, "must be an smtp:// or smtps:// URL")
      .optional(),
    MAIL_FROM: text.max(320).optional(),

    /** What one account may upload in a day, and one account or network address report. */
    CONTENT_FILES_PER_DAY: integer(0, 1_000_000).default(100),
    CONTENT_BYTES_PER_DAY: integer(0, 1_000_000_000).default(52_428_800),
    /** What one account may deposit in a day for its works, and all accounts of one network together. */
    DEPOSITS_PER_DAY: integer(0, 1_000_000).default(200),
    DEPOSIT_BYTES_PER_DAY: integer(0, 1_000_000_000_000).default(1_073_741_824),
    DEPOSITS_PER_NETWORK_PER_DAY: integer(0, 1_000_000).default(600),
    DEPOSIT_BYTES_PER_NETWORK_PER_DAY: integer(0, 1_000_000_000_000).default(3_221_225_472),
    /** Reviews that one network may find helpful in a day. */
    VOTES_PER_NETWORK_PER_DAY: integer(0, 1_000_000).default(100),
    PERSONAS_PER_DAY: integer(0, 1_000_000).default(50),
    CARDS_PER_DAY: integer(0, 1_000_000).default(50),
    KNOWLEDGE_FILES_PER_DAY: integer(0, 1_000_000).default(100),
    REPORTS_PER_DAY: integer(0, 1_000_000).default(20),
    REPORT_RETENTION_DAYS: integer(1, 3_650).default(365),
    /** Feedback that one account, and as much that one network, may send in a day. */
    FEEDBACK_PER_DAY: integer(0, 1_000_000).default(10),
    /** What one account may share in a day. */
    SHARES_PER_DAY: integer(0, 1_000_000).default(100),
    /** How many budget keys that are not revoked one account may have. */
    BUDGET_KEYS_PER_ACCOUNT: integer(0, 1_000).default(50),
    /** How many one account may make in a day, and all accounts of one network together. */
    BUDGET_KEYS_PER_DAY: integer(0, 1_000_000).default(100),
    BUDGET_KEYS_PER_NETWORK_PER_DAY: integer(0, 1_000_000).default(300),

    /** The signer's key of a contribution campaign: with it, this operator vouches for deeds that the index shows. */
    CONTRIBUTIONS_KEY: secret.optional(),
    INDEXER_URL: url.optional(),
    /** What a deed is granted: the first review of a purchase, a paid generation that is shared, accepted feedback; 0: none. */
    GRANT_REVIEW: micro(40).default(1_000_000n),
    GRANT_SHARE: micro(40).default(500_000n),
    GRANT_FEEDBACK: micro(40).default(5_000_000n),
    /** How long a grant can be claimed; then it is signed anew. */
    GRANT_SECONDS: integer(60, 2_592_000).default(86_400),
    /** The most that is granted in a UTC day, beside what the campaign allows: to one account, and to all. */
    GRANTS_PER_ACCOUNT_PER_DAY: micro(40).default(10_000_000n),
    GRANTS_PER_DAY: micro(40).default(1_000_000_000n),
  })
  .superRefine((environment, context) => {
    const need = (name: string, reason: string) =>
      context.addIssue({ code: "custom", path: [name], message: `is needed ${reason}`, input: undefined });
    for (const [name, model] of OPENAI_MODELS) {
      if (environment[name] !== "openai") continue;
      if (environment.OPENAI_BASE_URL === undefined) need("OPENAI_BASE_URL", `by ${name}=openai`);
      if (environment[model] === undefined) need(model, `by ${name}=openai`);
    }
    if (environment.SMTP_URL !== undefined && environment.MAIL_FROM === undefined) need("MAIL_FROM", "by SMTP_URL");
    if (environment.MAIL_FROM !== undefined && environment.SMTP_URL === undefined) need("SMTP_URL", "by MAIL_FROM");
    if (environment.CONTRIBUTIONS_KEY !== undefined && environment.INDEXER_URL === undefined) {
      need("INDEXER_URL", "by CONTRIBUTIONS_KEY");
    }
    if (environment.DEFAULT_TOKENS > environment.MAXIMUM_TOKENS) {
      context.addIssue({
        code: "custom",
        path: ["DEFAULT_TOKENS"],
        message: "must not be above MAXIMUM_TOKENS",
        input: environment.DEFAULT_TOKENS,
      });
    }
  });

/** Everything the relayer is told from outside. Amounts are microcredits unless a name says otherwise. */
export type Config = Omit<z.output<typeof environmentSchema>, "DEPLOYMENT" | "WEB_ORIGIN"> & {
  deployment: RelayerDeployment;
  webOrigins: readonly string[];
  publicUrl: string;
};

/**
 * Reads and checks the environment, once.
 * @throws ConfigError naming each variable that is missing or wrong, and what it must be.
 */
export function loadConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) throw new ConfigError(explain(parsed.error));
  const { DEPLOYMENT, WEB_ORIGIN, ...rest } = parsed.data;
  return {
    ...rest,
    deployment: readDeployment(DEPLOYMENT),
    webOrigins: readOrigins(WEB_ORIGIN),
    publicUrl: (rest.PUBLIC_URL ?? `http://${rest.HOST}:${rest.PORT}`).replace(/\/$/, ""),
  };
}

/** The contracts' addresses as a lookup by name. */
export type ContractName = Exclude<keyof RelayerDeployment["contracts"], "EthCheckout">;
export type ContractAddresses = Readonly<RelayerDeployment["contracts"]>;

function readDeployment(path: string): RelayerDeployment {
  let content: string;
  try {
    content = readFileSync(resolve(path), "utf8");
  } catch (cause) {
    throw new ConfigError(`DEPLOYMENT must be the path of a deployment's JSON; ${path} cannot be read.`, { cause });
  }
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch (cause) {
    throw new ConfigError(`DEPLOYMENT must be the path of a deployment's JSON; ${path} is not JSON.`, { cause });
  }
  const parsed = deploymentSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`);
  throw new ConfigError(`DEPLOYMENT names ${path}, which is not a deployment: ${issues.join("; ")}.`);
}

function readOrigins(list: string): string[] {
  return list.split(",").map((item) => {
    const origin = item.trim();
    if (origin === "*") return origin;
    try {
      return new URL(origin).origin;
    } catch (cause) {
      throw new ConfigError(
        `WEB_ORIGIN must be origins such as https://app.example, separated by commas; "${origin}" is not.`,
        {
          cause,
        },
      );
    }
  });
}

function explain(error: z.ZodError): string {
  const lines = error.issues.map((issue) => {
    const name = issue.path.join(".");
    const missing = issue.code === "invalid_type" && issue.input === undefined;
    return missing ? `${name} is missing: ${MEANINGS[name] ?? "it must be set"}.` : `${name} ${issue.message}.`;
  });
  return `The environment cannot be used:\n${lines.map((line) => `  ${line}`).join("\n")}`;
}

const MEANINGS: Readonly<Record<string, string>> = {
  RPC_URL: "it must be the http(s) URL of the chain's JSON-RPC",
  DEPLOYMENT: "it must be the path of the deployment's JSON",
  OPERATOR_PRIVATE_KEY: "it must be the operator's key, 32 bytes in hex",
  MASTER_KEY: "it must be 32 random bytes in hex; it encrypts what is kept",
};
