import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { type Address, getAddress, type Hex, isAddress, type PrivateKeyAccount } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { UsageError } from "./failures.ts";

/** Where a key may come from. It is never an argument: those are seen by every process and kept by the shell. */
export type KeySource = { environment: Readonly<Record<string, string | undefined>>; keystore: string | undefined };

/**
 * The account that signs: of STELAI_PRIVATE_KEY, or of an encrypted keystore with the password of STELAI_PASSWORD or of
 * the person at the terminal. @throws UsageError when there is none, or it cannot be opened.
 */
export async function loadAccount(source: KeySource): Promise<PrivateKeyAccount> {
  return privateKeyToAccount(await loadKey(source));
}

/** The private key of {@link loadAccount}. */
export async function loadKey({ environment, keystore }: KeySource): Promise<Hex> {
  const key = environment.STELAI_PRIVATE_KEY?.trim();
  if (keystore === undefined && key !== undefined && key !== "") {
    if (!/^(0x)?[0-9a-fA-F]{64}$/.test(key)) throw new UsageError("STELAI_PRIVATE_KEY must be 32 bytes in hex.");
    return `0x${key.replace(/^0x/, "")}`;
  }
  if (keystore === undefined) throw new UsageError(NO_KEY);
  const text = readKeystore(keystore);
  const password = environment.STELAI_PASSWORD ?? (await askPassword(`Password of ${keystore}: `));
  const { decryptKeystoreJson } = await import("ethers");
  try {
    return (await decryptKeystoreJson(text, password)).privateKey as Hex;
  } catch {
    throw new UsageError(`The keystore ${keystore} does not open with this password.`);
  }
}

/** Whose account it is, without opening anything where that is possible; undefined without any key. */
export function addressOfKey({ environment, keystore }: KeySource): Address | undefined {
  if (keystore !== undefined) {
    const { address } = JSON.parse(readKeystore(keystore)) as { address?: unknown };
    const named = typeof address === "string" ? `0x${address.replace(/^0x/i, "")}` : "";
    return isAddress(named, { strict: false }) ? getAddress(named) : undefined;
  }
  const key = environment.STELAI_PRIVATE_KEY?.trim().replace(/^0x/, "") ?? "";
  return /^[0-9a-fA-F]{64}$/.test(key) ? privateKeyToAccount(`0x${key}`).address : undefined;
}

const NO_KEY =
  "This signs, and there is no key. Set STELAI_PRIVATE_KEY in the environment, or name an encrypted keystore with " +
  "--keystore <file> (or STELAI_KEYSTORE); its password is asked for, or taken from STELAI_PASSWORD.";

function readKeystore(file: string): string {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw new UsageError(`The keystore ${file} cannot be read.`);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new UsageError(`${file} is not a keystore: it is not JSON.`);
  }
  const fields = Object.keys((json ?? {}) as object).map((field) => field.toLowerCase());
  if (!fields.includes("crypto")) throw new UsageError(`${file} is not an encrypted keystore (Web3 Secret Storage).`);
  return text;
}

/** Asks without showing what is typed. @throws UsageError where nobody can answer. */
function askPassword(question: string): Promise<string> {
  if (!process.stdin.isTTY) {
    throw new UsageError("The keystore needs its password, and nobody can be asked here: set STELAI_PASSWORD.");
  }
  process.stderr.write(question);
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: unseen, terminal: true });
  return new Promise((resolve) => {
    lines.question("", (password) => {
      lines.close();
      process.stderr.write("\n");
      resolve(password);
    });
  });
}
