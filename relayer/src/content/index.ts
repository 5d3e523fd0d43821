import { join } from "node:path";
import { EmbeddedContentStore } from "./embedded.ts";
import type { ContentStore } from "./store.ts";

/** Where content is to live: a Kubo node when `ipfsApiUrl` is given, else a directory of its own below `dataDir`. */
export type ContentStoreOptions = { dataDir: string; ipfsApiUrl?: string | undefined };

/** Opens the content storage that the configuration asks for. */
export async function openContentStore({ dataDir, ipfsApiUrl }: ContentStoreOptions): Promise<ContentStore> {
  if (ipfsApiUrl !== undefined) {
    // Its client brings a hundred modules that no other relayer needs.
    const { KuboContentStore } = await import("./kubo.ts");
    return new KuboContentStore(ipfsApiUrl);
  }
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
