/**
 * Where tab sessions are kept between visits. A session key can spend at most its tab's cap, so plain text in
 * the browser's own storage is what it is meant for; everything else a client remembers can be fetched again.
 */
export interface TabStorage {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string): Promise<void>;
  delete(key: string): Promise<void>;
  /** All keys that begin with `prefix`. */
  keys(prefix: string): Promise<string[]>;
}

/** Storage that lives as long as the page or process. */
export function memoryStorage(): TabStorage {
  const entries = new Map<string, string>();
  return {
    get: async (key) => entries.get(key),
    set: async (key, value) => {
      entries.set(key, value);
    },
    delete: async (key) => {
      entries.delete(key);
    },
    keys: async (prefix) => [...entries.keys()].filter((key) => key.startsWith(prefix)),
  };
}

/**
 * Storage on `localStorage` or anything like it.
 *
 * @example
 * ```ts
 * createStelai({ chain, transport, deployment, storage: webStorage(localStorage) });
 * ```
 */
export function webStorage(storage: Storage): TabStorage {
  return {
    get: async (key) => storage.getItem(key) ?? undefined,
    set: async (key, value) => storage.setItem(key, value),
    delete: async (key) => storage.removeItem(key),
    keys: async (prefix) => {
      const all = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? "");
      return all.filter((key) => key !== "" && key.startsWith(prefix));
    },
  };
}

/**
 * Storage in IndexedDB: shared by all windows of an origin, and not cleared with the session.
 *
 * @example
 * ```ts
 * createStelai({ chain, transport, deployment, storage: indexedDbStorage() });
 * ```
 */
export function indexedDbStorage(name = "stelai"): TabStorage {
  let opened: Promise<IDBDatabase> | undefined;
  const open = () => {
    opened ??= new Promise((resolve, reject) => {
      const request = indexedDB.open(name, 1);
      request.onupgradeneeded = () => request.result.createObjectStore("entries");
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    return opened;
  };
  const run = async <T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> => {
    const transaction = (await open()).transaction("entries", mode);
    const request = work(transaction.objectStore("entries"));
    return new Promise((resolve, reject) => {
      // Only a completed transaction is on disk.
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = () => reject(transaction.error);
      transaction.onabort = () => reject(transaction.error);
    });
  };
  return {
    get: async (key) => (await run("readonly", (store) => store.get(key))) as string | undefined,
    set: async (key, value) => {
      await run("readwrite", (store) => store.put(value, key));
    },
    delete: async (key) => {
      await run("readwrite", (store) => store.delete(key));
    },
    keys: async (prefix) => {
      const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
      return (await run("readonly", (store) => store.getAllKeys(range))).map(String);
    },
  };
}
