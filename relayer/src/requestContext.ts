import { AsyncLocalStorage } from "node:async_hooks";

const requests = new AsyncLocalStorage<string>();

/** Runs the work of one request; whatever is logged meanwhile names it. */
export function duringRequest<T>(id: string, work: () => T): T {
  return requests.run(id, work);
}

/** The request that is being answered here; undefined outside of one. */
export function requestNow(): string | undefined {
  return requests.getStore();
}

/** Begins work that a request only set off, such as a round for all: it names no request. */
export function outsideRequests<T>(work: () => T): T {
  return requests.exit(work);
}
