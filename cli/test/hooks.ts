import { stopWorld } from "./world.ts";

/** The run's world ends with the run. */
export const mochaHooks = { afterAll: stopWorld };
