/** Conversations as ciphertext: AES-256-GCM, a fresh nonce for each write, bound to their name. */
import type { HistoryKey } from "./key.ts";

const NONCE_BYTES = 12;
const text = new TextEncoder();

/** The name that the operator knows a conversation by. @returns 43 letters, digits, `-` and `_`. */
export async function nameOf({ names }: HistoryKey, characterId: string): Promise<string> {
  const mac = await crypto.subtle.sign("HMAC", names, text.encode(`conversation ${characterId}`));
  return toBase64(new Uint8Array(mac)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Encrypts. @returns Base64 of nonce and ciphertext. */
export async function seal({ cipher }: HistoryKey, name: string, plain: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const additionalData = text.encode(name);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData }, cipher, text.encode(plain));
  const bytes = new Uint8Array(NONCE_BYTES + sealed.byteLength);
  bytes.set(iv);
  bytes.set(new Uint8Array(sealed), NONCE_BYTES);
  return toBase64(bytes);
}

/** Decrypts. @throws DOMException when it was encrypted under another key or name, or changed. */
export async function open({ cipher }: HistoryKey, name: string, data: string): Promise<string> {
  const bytes = fromBase64(data);
  const iv = bytes.slice(0, NONCE_BYTES);
  const additionalData = text.encode(name);
  const sealed = bytes.slice(NONCE_BYTES);
  return new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData }, cipher, sealed));
}

function toBase64(bytes: Uint8Array): string {
  let binary = "";
  // In pieces: a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 8_192) binary += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return btoa(binary);
}

function fromBase64(data: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0));
}
