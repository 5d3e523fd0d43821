/** Works, offers and orders for tests of the market, and an operator that keeps the files. */
import { createCipheriv, randomBytes } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Hash, type Hex, keccak256, toHex } from "viem";
import { licensesAbi } from "../src/generated/abis.ts";
import { cidOf, type NewOffer, TERMS_HASHES } from "../src/index.ts";
import { clientsOf, newcomer, people, stelaiOf, withCredits } from "./world.ts";

let files = 0;

/** A file that no other test has. */
export function newFile(): Uint8Array {
  files += 1;
  return new TextEncoder().encode(`file ${files} of ${process.pid}`);
}

/** An offer of the operator's deliveries. */
export async function offerOf(tier: NewOffer["tier"], price: bigint, more: Partial<NewOffer> = {}): Promise<NewOffer> {
  const { operator } = await people();
  return { tier, price, attestor: operator.address, ...more };
}

/** A work of a new creator, with a personal and a commercial offer unless others are given. */
export async function withWork(offers?: readonly NewOffer[]) {
  const creator = await newcomer();
  const stelai = await stelaiOf(creator);
  const file = newFile();
  const given = offers ?? [await offerOf("Personal", 2_000_000n), await offerOf("Commercial", 20_000_001n)];
  const { wait } = await stelai.works.create({
    ...{ modality: "Image", metadataURI: "ipfs://metadata", contentHash: keccak256(file), royaltyBps: 500 },
    offers: given,
  });
  const { workId, offerIds } = await wait();
  const [first = 0n, second = 0n] = offerIds;
  return { creator, seller: stelai, workId, offerIds, first, second, file, offers: given };
}

/** The operator says that licences are delivered. */
export async function attest(...licenceIds: bigint[]): Promise<void> {
  const { operator } = await people();
  const { walletClient, publicClient, deployment, chain } = await clientsOf(operator);
  if (!walletClient) throw new Error("the operator has a wallet");
  const hash = await walletClient.writeContract({
    ...{ address: deployment.contracts.Licenses, abi: licensesAbi, functionName: "attest", args: [licenceIds] },
    ...{ chain, account: walletClient.account },
  });
  await publicClient.waitForTransactionReceipt({ hash });
}

/** A work whose commercial offer a newcomer bought; delivered unless said otherwise. */
export async function withOrder({ delivered = true, commercial = true } = {}) {
  const work = await withWork();
  const holder = await withCredits();
  const stelai = await stelaiOf(holder);
  const bought = commercial
    ? { offerId: work.second, price: 20_000_001n, termsHash: TERMS_HASHES.Commercial }
    : { offerId: work.first, price: 2_000_000n, termsHash: TERMS_HASHES.Personal };
  const { licenceId } = await (await stelai.market.buy(bought)).wait();
  if (delivered) await attest(licenceId);
  return { ...work, ...bought, holder, stelai, licenceId };
}

/** A work whose commercial licence was bought and released. */
export async function withLicence() {
  const order = await withOrder();
  await (await order.stelai.market.accept({ licenceId: order.licenceId })).wait();
  return order;
}

/** What an operator answers about a file, and what its gateway sends. */
export type KeptFile = {
  workId: bigint;
  licenceId: bigint | null;
  contentHash: Hash;
  mediaType: string;
  /** Of the file. */
  bytes: number;
  key: Uint8Array;
  stored: Uint8Array;
  cid: string;
};

/** Encrypts a file as it is stored, with Node's own cipher: what the SDK opens was not sealed by the SDK. */
export async function keep(file: Uint8Array, of: { workId: bigint; licenceId: bigint | null }): Promise<KeptFile> {
  const [key, nonce] = [randomBytes(32), randomBytes(12)];
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  const stored = new Uint8Array(Buffer.concat([nonce, cipher.update(file), cipher.final(), cipher.getAuthTag()]));
  const described = { contentHash: keccak256(file), mediaType: "image/png", bytes: file.length };
  return { ...of, ...described, key: new Uint8Array(key), stored, cid: await cidOf(stored) };
}

/** A server that gives keys, as an operator, and content, as a gateway. */
export async function startKeeper() {
  const keys = new Map<string, KeptFile>();
  const content = new Map<string, Uint8Array | "silent" | "endless">();
  const asked: string[] = [];
  const received: { headers: Record<string, unknown>; body: Uint8Array }[] = [];
  const open = new Set<ServerResponse>();
  const server = createServer(async (request, response) => {
    const path = request.url ?? "";
    asked.push(`${request.method} ${path}`);
    if (request.method === "POST") {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      received.push({ headers: request.headers, body: new Uint8Array(Buffer.concat(parts)) });
      return response.writeHead(200, { "content-type": "application/json" }).end('{"contentHash":"0x00"}');
    }
    const kept = keys.get(path);
    if (kept) {
      const { stored: _stored, key, ...rest } = kept;
      const body = { ...rest, workId: `${kept.workId}`, licenceId: kept.licenceId && `${kept.licenceId}` };
      return response
        .writeHead(200, { "content-type": "application/json" })
        .end(JSON.stringify({ ...body, key: Buffer.from(key).toString("base64url") }));
    }
    const found = content.get(path);
    if (found === "silent") return void open.add(response);
    if (found === "endless") {
      const more = () => {
        while (!response.destroyed && response.write(new Uint8Array(65_536)));
        if (!response.destroyed) response.once("drain", more);
      };
      return more();
    }
    if (found) return response.writeHead(200).end(found);
    const refusal = {
      code: "not_licensed",
      message: "Not licensed.",
      type: "stelai_error",
      stelai: { status: "Disputed" },
    };
    const isKey = path.endsWith("/key");
    response.writeHead(isKey ? 403 : 404, { "content-type": "application/json" });
    return response.end(isKey ? JSON.stringify({ error: refusal }) : "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    received,
    /** Gives the key for a licence, and the content unless it is told to send something else. */
    serve(kept: KeptFile, sent: Uint8Array | "silent" | "endless" | null = kept.stored): void {
      const of = kept.licenceId === null ? `/v1/works/${kept.workId}/key` : `/v1/licences/${kept.licenceId}/key`;
      keys.set(of, kept);
      if (sent) content.set(`/ipfs/${kept.cid}`, sent);
    },
    put(cid: string, bytes: Uint8Array): void {
      content.set(`/ipfs/${cid}`, bytes);
    },
    stop: async () => {
      for (const response of open) response.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A person with a role of the test deployment. */
export async function asDeployer() {
  const { deployer } = await people();
  return stelaiOf(deployer);
}

/** A hash that nothing has. */
export function someHash(seed: number): Hex {
  return keccak256(toHex(seed));
}
