/** The custom errors of OpenZeppelin's AccessManager that a change by roles can meet. */
const operation = [{ name: "operationId", type: "bytes32" }] as const;
const target = { name: "target", type: "address" } as const;
const caller = { name: "caller", type: "address" } as const;
const sender = { name: "msgsender", type: "address" } as const;
const selector = { name: "selector", type: "bytes4" } as const;

export const accessManagerErrors = [
  { type: "error", name: "AccessManagerAlreadyScheduled", inputs: operation },
  { type: "error", name: "AccessManagerNotScheduled", inputs: operation },
  { type: "error", name: "AccessManagerNotReady", inputs: operation },
  { type: "error", name: "AccessManagerExpired", inputs: operation },
  { type: "error", name: "AccessManagerUnauthorizedAccount", inputs: [sender, { name: "roleId", type: "uint64" }] },
  { type: "error", name: "AccessManagerUnauthorizedCall", inputs: [caller, target, selector] },
  { type: "error", name: "AccessManagerUnauthorizedConsume", inputs: [target] },
  { type: "error", name: "AccessManagerUnauthorizedCancel", inputs: [sender, caller, target, selector] },
] as const;
