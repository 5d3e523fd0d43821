import { join } from "node:path";
import { EmbeddedContentStore } from "./embedded.ts";
import { KuboContentStore } from "./kubo.ts";
import type { ContentStore } from "./store.ts";

/** Where content is to live: a Kubo node when `ipfsApiUrl` is given, else a directory of its own below `dataDir`. */
export type ContentStoreOptions = { dataDir: string; ipfsApiUrl?: string | undefined };

/** Opens the content storage that the configuration asks for. */
export async function openContentStore({ dataDir, ipfsApiUrl }: ContentStoreOptions): Promise<ContentStore> {
  if (ipfsApiUrl !== undefined) return new KuboContentStore(ipfsApiUrl);
  return EmbeddedContentStore.open(join(dataDir, "ipfs"));
}

export {
  type ContentStore,
  ContentStoreError,
  ContentStoreFullError,
  cidOfUri,
  parseCid,
  uriOf,
} from "./store.ts";
