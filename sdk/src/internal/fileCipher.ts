/**
 * Files as they are stored: 12 bytes nonce, ciphertext, 16 bytes tag (AES-256-GCM), each under a key of its own.
 */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** How much longer a stored file is than what it holds. */
export const CIPHER_OVERHEAD = NONCE_BYTES + TAG_BYTES;

/** Encrypts a file under a new key; the key in base64url. */
export async function encryptFile(bytes: Uint8Array): Promise<{ key: string; body: Uint8Array }> {
  const raw = crypto.getRandomValues(new Uint8Array(32));
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const key = await importKey(raw, "encrypt");
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, key, bytes as BufferSource);
  const body = new Uint8Array(NONCE_BYTES + sealed.byteLength);
  body.set(nonce);
  body.set(new Uint8Array(sealed), NONCE_BYTES);
  return { key: base64UrlOf(raw), body };
}

/** The file; undefined when it is not what was encrypted under this key. */
export async function decryptFile(stored: Uint8Array, key: string): Promise<Uint8Array | undefined> {
  const algorithm = { name: "AES-GCM", iv: stored.slice(0, NONCE_BYTES) };
  try {
    const opened = await importKey(bytesOf(key), "decrypt");
    return new Uint8Array(await crypto.subtle.decrypt(algorithm, opened, stored.slice(NONCE_BYTES)));
  } catch {
    return undefined;
  }
}

function importKey(raw: Uint8Array, use: "encrypt" | "decrypt"): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", raw as BufferSource, "AES-GCM", false, [use]);
}

function base64UrlOf(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
}

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
}
