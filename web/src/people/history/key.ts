/**
 * The key that encrypts an account's conversations: HKDF-SHA-256 (RFC 5869) from one signature that the wallet gives
 * the same each time (RFC 6979). Nobody without the wallet can make it, and the operator never sees the signature.
 */
import { type Address, type Hex, hexToBytes, isAddressEqual, recoverMessageAddress } from "viem";

/** What the browser keeps: keys that no script can read out. */
export interface HistoryKey {
  /** AES-256-GCM. */
  readonly cipher: CryptoKey;
  /** HMAC-SHA-256: names conversations, so that the operator does not learn with whom they are. */
  readonly names: CryptoKey;
}

/** Thrown when a wallet does not give the same signature twice, as contract wallets and some shared keys do. */
export class SignatureNotRepeatableError extends Error {
  override readonly name = "SignatureNotRepeatableError";
}

/** Thrown when what the operator keeps was encrypted under another key: the wallet signed otherwise before. */
export class OtherKeyError extends Error {
  override readonly name = "OtherKeyError";
}

const SALT = "stelai conversation history v1";

/** What the wallet is asked to sign. Not a word of it may ever change: another message is another key. */
export function keyMessage(account: Address): string {
  return [
    "Stelai: the key of my conversations",
    "",
    "This signature makes the key that encrypts my conversations with characters, so that I can read them on my other devices.",
    "Whoever has it can read them. Sign it only on a page that you trust with them.",
    "It costs nothing and moves nothing.",
    "",
    `Account: ${account.toLowerCase()}`,
    "Version: 1",
  ].join("\n");
}

/** Whether this browser and this page can encrypt at all: it needs https, or localhost. */
export function canEncrypt(): boolean {
  return globalThis.isSecureContext !== false && globalThis.crypto?.subtle !== undefined;
}

/**
 * Has the wallet sign and makes the key of it.
 * @param sign Asks the wallet to sign a message.
 * @param isFirst Whether nothing is kept yet that would show a wrong key: then it is asked twice, and the two compared.
 * @throws SignatureNotRepeatableError
 */
export async function askForKey(
  account: Address,
  sign: (message: string) => Promise<Hex>,
  isFirst: boolean,
): Promise<HistoryKey> {
  const message = keyMessage(account);
  const signature = await sign(message);
  if (!(await isByKeyOf(account, message, signature))) throw new SignatureNotRepeatableError();
  if (isFirst && secretOf(await sign(message)) !== secretOf(signature)) throw new SignatureNotRepeatableError();
  return deriveKey(account, signature);
}

/** Whether a plain key of the account signed (ERC-1271 signatures are no function of the message alone). */
async function isByKeyOf(account: Address, message: string, signature: Hex): Promise<boolean> {
  try {
    return isAddressEqual(await recoverMessageAddress({ message, signature }), account);
  } catch {
    return false;
  }
}

/** `r` and `s`: wallets write the last byte in two ways. */
function secretOf(signature: Hex): string {
  return signature.slice(2, 130).toLowerCase();
}

/** Makes the key of a signature. */
export async function deriveKey(account: Address, signature: Hex): Promise<HistoryKey> {
  const { subtle } = crypto;
  const text = new TextEncoder();
  const secret = new Uint8Array(hexToBytes(`0x${secretOf(signature)}`));
  const base = await subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
  const use = (purpose: string) => ({
    ...{ name: "HKDF", hash: "SHA-256", salt: text.encode(SALT) },
    info: text.encode(`${purpose} ${account.toLowerCase()}`),
  });
  const [cipher, names] = await Promise.all([
    subtle.deriveKey(use("cipher"), base, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]),
    subtle.deriveKey(use("names"), base, { name: "HMAC", hash: "SHA-256", length: 256 }, false, ["sign"]),
  ]);
  return { cipher, names };
}
