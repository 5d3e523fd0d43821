/**
 * A chat that the published x402 client pays for, with nothing but a key that holds STELAI:
 *
 *     PRIVATE_KEY=0x… node scripts/examples/x402.ts [relayer] [model] [question]
 *
 * Without a key it is the demo account of the local stack (`npm start`) that has credits.
 */
import { fetchDeployment } from "@stelai/sdk";
import { onlyReceivers, readPaymentResponse, x402SpendControls } from "@stelai/sdk/x402";
import { registerExactEvmScheme } from "@x402/evm/exact/client";
import { wrapFetchWithPayment, x402Client } from "@x402/fetch";
import { createPublicClient, formatEther, type Hex, http } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { DEMO_ACCOUNTS } from "../dev/accounts.ts";

const [relayer = "http://127.0.0.1:8787", model = "stelai-1", question = "Hello"] = process.argv.slice(2);
const key = (process.env.PRIVATE_KEY ??
  DEMO_ACCOUNTS.find(({ name }) => name === "Regular")?.privateKey ??
  "0x") as Hex;
const deployment = await fetchDeployment(relayer);

const client = new x402Client();
registerExactEvmScheme(client, { signer: privateKeyToAccount(key) });
// At most 10 credits a call.
client.setSpendControls(x402SpendControls(deployment, 10_000_000n));
if (process.env.RPC_URL !== undefined) {
  // Whoever can read the chain checks whom it pays.
  const chain = createPublicClient({ transport: http(process.env.RPC_URL) });
  client.onBeforePaymentCreation(onlyReceivers({ deployment, client: chain }));
}

const response = await wrapFetchWithPayment(fetch, client)(`${relayer}/v1/chat/completions`, {
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify({ model, messages: [{ role: "user", content: question }], stream: true }),
});
if (!response.ok || response.body === null) throw new Error(`${response.status}: ${await response.text()}`);
let text = "";
for await (const part of response.body.pipeThrough(new TextDecoderStream())) {
  text += part;
  const events = text.split("\n\n");
  text = events.pop() ?? "";
  for (const event of events) {
    if (!event.startsWith("data: {")) continue;
    const { choices } = JSON.parse(event.slice(6)) as { choices?: { delta: { content?: string } }[] };
    process.stdout.write(choices?.[0]?.delta.content ?? "");
  }
}
const paid = readPaymentResponse(response);
console.log(`\n\nPaid ${formatEther(BigInt(paid?.amount ?? 0))} credits in ${paid?.transaction}:`);
for (const { characterId, amount } of paid?.extra?.lines ?? []) {
  console.log(`  ${formatEther(amount)} to ${characterId === 0n ? "the operator" : `character ${characterId}`}`);
}
