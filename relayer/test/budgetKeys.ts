import { inferenceMeterAbi } from "@stelai/sdk/abis";
import { budgetKeySchema, type NewBudgetKey, newBudgetKeySchema } from "@stelai/sdk/wire";
import { type Address, parseEventLogs } from "viem";
import { signInAt } from "./signIn.ts";
import type { ServedRelayer, World } from "./world.ts";

type Headers = Record<string, string>;

/** Asks the key's owner's endpoints. */
export function ownerOf(relayer: Pick<ServedRelayer, "url">, headers: Headers) {
  const ask = (method: string, path: string, body?: unknown) =>
    fetch(`${relayer.url}/v1/budget-keys${path}`, {
      method,
      headers: { "Content-Type": "application/json", ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  return {
    ask,
    create: async (name: string) => newBudgetKeySchema.parse(await (await ask("POST", "", { name })).json()),
    get: async (id: string) => budgetKeySchema.parse(await (await ask("GET", `/${id}`)).json()),
    bind: async (id: string, tabId: bigint) => ask("POST", `/${id}/tab`, { tabId: String(tabId) }),
    revoke: async (id: string) => budgetKeySchema.parse(await (await ask("DELETE", `/${id}`)).json()),
  };
}

/** Opens a tab of the payer's whose session key is a budget key's. */
export async function openFor(
  world: World,
  { services }: Pick<ServedRelayer, "services">,
  sessionKey: Address,
  cap: bigint,
  seconds = 30 * 86_400,
  payer = world.payer,
): Promise<bigint> {
  const { timestamp } = await services.chain.refresh();
  const receipt = await world.write(payer, "InferenceMeter", "open", [
    { operator: world.operator.address, sessionKey, cap, expiry: timestamp + BigInt(seconds) },
  ]);
  const [opened] = parseEventLogs({ abi: inferenceMeterAbi, eventName: "TabOpened", logs: receipt.logs });
  if (opened === undefined) throw new Error("no tab was opened");
  return opened.args.tabId;
}

/** A key of the payer's with a tab of its own, ready to pay. */
export async function fundedKey(
  world: World,
  relayer: Pick<ServedRelayer, "url" | "services">,
  { cap = 5_000_000n, seconds }: { cap?: bigint; seconds?: number } = {},
): Promise<NewBudgetKey & { tabId: bigint; owner: ReturnType<typeof ownerOf> }> {
  const owner = ownerOf(relayer, await signInAt(relayer, world.payer));
  const made = await owner.create("Test");
  const tabId = await openFor(world, relayer, made.sessionAddress, cap, seconds);
  await owner.bind(made.id, tabId);
  return { ...made, tabId, owner };
}
