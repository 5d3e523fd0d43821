import { stopChain } from "./world.ts";

/** The run's chain ends with the run. */
export const mochaHooks = { afterAll: stopChain };
