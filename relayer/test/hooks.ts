import { killRelayers } from "./process.ts";

/** Run by Mocha once all tests have ended. */
export const mochaHooks = { afterAll: killRelayers };
