import { errorSchema, type Generation, generationSchema } from "@stelai/sdk/wire";
import { expect } from "chai";
import type { TabClient } from "./client.ts";
import { modalityNumber, pictureOf, TestProvider } from "./generations.ts";
import { signInAt } from "./signIn.ts";
import { type ServedRelayer, serveRelayer, startWorld, type World } from "./world.ts";

/** 512 by 512 pixels are 263 milliunits: 10,000 + 263 × 100. */
export const PRICES = { perInference: 10_000n, perUnit: 100_000n };
export const COST = 36_300n;
export const CREDIT = 1_000_000n;
export const IMAGES = "/v1/images/generations";
export const ASYNC = { Prefer: "respond-async" };

export type Sent = Record<string, string>;

/** A relayer with a tool that is paid and one that is free, and the provider that makes pictures for both. */
export type Tools = { world: World; relayer: ServedRelayer; provider: TestProvider; tool: bigint; free: bigint };

/** Starts a chain, a relayer that keeps few at a time, and its tools. */
export async function startTools(): Promise<Tools> {
  const world = await startWorld();
  const provider = new TestProvider();
  const relayer = await serveRelayer(
    world,
    {
      ...{
        RATE_FREE_PER_MINUTE: "1000",
        RATE_WRITES_PER_MINUTE: "1000",
        GENERATION_ATTEMPTS: "1",
        GENERATIONS_PER_ACCOUNT: "2",
      },
      ...{ EXPOSURE_INITIAL: "100000", GENERATIONS_WAITING_PER_ACCOUNT: "3", PASS_DAILY_REQUESTS: "5" },
    },
    { media: { Image: provider } },
  );
  const tool = await publishTool({ world, relayer }, "Image", PRICES);
  const free = await publishTool({ world, relayer }, "Image", {});
  return { world, relayer, provider, tool, free };
}

/** Stops what {@link startTools} started. */
export async function stopTools({ world, relayer }: Pick<Tools, "world" | "relayer">): Promise<void> {
  await relayer.stop();
  await world.stop();
}

/** The provider as it is at first, and a client with a new tab. */
export async function freshClient({ world, relayer, provider }: Tools): Promise<TabClient> {
  provider.behave = async (request) => pictureOf(request);
  return relayer.client(await world.openTab(5n * CREDIT));
}

/** Another tool, which the relayer knows at once. */
export async function publishTool(
  { world, relayer }: Pick<Tools, "world" | "relayer">,
  modality: "Image" | "Video" | "Voice" | "Music",
  prices: object,
  fields: object = {},
): Promise<bigint> {
  const id = await world.publish(prices, { modality: modalityNumber(modality), ...fields });
  await relayer.watcher.look();
  return id;
}

/** What tools are asked by, over HTTP. @param tools Those of the test that runs. */
export function asking(tools: () => Tools) {
  let people = 0;
  const get = (path: string, headers: Sent = {}) => fetch(`${tools().relayer.url}${path}`, { headers });
  const read = async (response: Response): Promise<Generation> => generationSchema.parse(await response.json());
  const errorOf = async (response: Response) => errorSchema.parse(await response.json()).error;

  /** A generation as it is when it has ended. */
  async function ended(id: string, headers: Sent): Promise<Generation> {
    for (let looks = 0; looks < 200; looks += 1) {
      const generation = await read(await get(`/v1/generations/${id}?wait=20`, headers));
      if (generation.completed_at !== null) return generation;
    }
    throw new Error("it does not end");
  }

  return {
    ...{ get, read, errorOf, ended },
    /** Somebody who is signed in. */
    newcomer: async () => {
      people += 1;
      const { world, relayer } = tools();
      const account = world.account(people);
      return { account, headers: await signInAt(relayer, account) };
    },
    publish: (...[modality, prices, fields]: [Parameters<typeof publishTool>[1], object, object?]) =>
      publishTool(tools(), modality, prices, fields),
    imageBody: (id: bigint, more: object = {}) =>
      JSON.stringify({ model: `stelai-${id}`, prompt: "A pine", size: "512x512", ...more }),
    send: (path: string, body?: string | FormData, headers: Sent = {}, method = "POST") =>
      fetch(`${tools().relayer.url}${path}`, {
        ...{ method, headers: typeof body === "string" ? { "Content-Type": "application/json", ...headers } : headers },
        ...(body === undefined ? {} : { body }),
      }),
    codeOf: async (response: Response) => [response.status, (await errorOf(response)).code],
    nothingHeld: async (client: TabClient) =>
      expect(await client.status()).to.include({ cumulative: 0n, reserved: 0n, sequence: 0n }),
    /** One that was paid and is done. */
    made: async (client: TabClient, body: string): Promise<Generation> => {
      const response = await client.make(IMAGES, tools().tool, body, { headers: ASYNC });
      return ended((await read(response)).id, await client.session());
    },
  };
}
