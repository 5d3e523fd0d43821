/**
 * A relayer that kills itself at a step of a generation, as an operator's machine may. It takes signed requests by
 * messages of the process that forked it.
 */
import { loadConfig } from "../src/config.ts";
import { startRelayer } from "../src/start.ts";
import { type Asking, pictureOf, queuePaid, TestProvider } from "./generations.ts";

/** Where it dies. */
export const STEPS = [
  "admitted and not queued",
  "queued",
  "started and not made",
  "made and not stored",
  "stored and not written down",
  "written down and not charged",
  "charged and not complete",
] as const;
export type Step = (typeof STEPS)[number];

export type Message = { characterId: string; request: { body: string; header: string }; asking: Asking };

const at = process.env.KILL_AT as Step | undefined;

/** Ends this process at a step, at once: nothing that comes after it happens. */
function dieAt(step: Step): void {
  if (at === step) process.kill(process.pid, "SIGKILL");
}

if (process.send !== undefined && at !== undefined) {
  const provider = new TestProvider();
  const relayer = await startRelayer(loadConfig(process.env), { media: { Image: provider } });
  const { services } = relayer;
  const { metering, content } = services;
  const { charge } = metering;
  const { add } = content;
  const submit = services.generations.submit;
  provider.behave = async (request) => {
    dieAt("started and not made");
    return pictureOf(request);
  };
  let stored = 0;
  Object.assign(services.generations, {
    submit: async (order: Parameters<typeof submit>[0]) => {
      dieAt("admitted and not queued");
      const row = await submit(order);
      dieAt("queued");
      return row;
    },
  });
  Object.assign(content, {
    add: async (bytes: Uint8Array) => {
      dieAt("made and not stored");
      const cid = await add.call(content, bytes);
      stored += 1;
      if (stored === 2) dieAt("stored and not written down");
      return cid;
    },
  });
  Object.assign(metering, {
    charge: async (delivery: Parameters<typeof charge>[0]) => {
      dieAt("written down and not charged");
      const metered = await charge(delivery);
      dieAt("charged and not complete");
      return metered;
    },
  });
  process.on("message", ({ characterId, request, asking }: Message) => {
    queuePaid(services, BigInt(characterId), request, asking).catch((error: unknown) => {
      console.error(error);
      process.exit(1);
    });
  });
  process.send("ready");
}
