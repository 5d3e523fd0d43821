import type { TabStorage } from "@stelai/sdk";
import { deleteChainState, listChainKeys, readChainState, writeChainState } from "../config/chainState.ts";

const PREFIX = "tab:";

/** Tab sessions beside everything else that is remembered of this chain, and dropped with it. */
export const chainStorage: TabStorage = {
  get: (key) => readChainState<string>(PREFIX + key),
  set: (key, value) => writeChainState(PREFIX + key, value),
  delete: (key) => deleteChainState(PREFIX + key),
  keys: async (prefix) => (await listChainKeys(PREFIX + prefix)).map((key) => key.slice(PREFIX.length)),
};
