export * from "./callOfAnnouncement.ts";
export { PAUSABLE, type Pausable, type RoleCall } from "./calls.ts";
export * from "./canCall.ts";
export * from "./cancelCall.ts";
export * from "./executeCall.ts";
export * from "./hasRole.ts";
export * from "./proposeCall.ts";
