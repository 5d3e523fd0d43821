/** OpenZeppelin's AccessManager is no contract of Stelai's, so its ABI is not generated: what actions need of it. */
import type { AbiFunction } from "viem";

const address = (name: string) => ({ name, type: "address" }) as const;
const bytes = { name: "data", type: "bytes" } as const;

export const accessManagerHasRole = {
  type: "function",
  name: "hasRole",
  stateMutability: "view",
  inputs: [{ name: "roleId", type: "uint64" }, address("account")],
  outputs: [
    { name: "isMember", type: "bool" },
    { name: "executionDelay", type: "uint32" },
  ],
} as const satisfies AbiFunction;

export const accessManagerCanCall = {
  type: "function",
  name: "canCall",
  stateMutability: "view",
  inputs: [address("caller"), address("target"), { name: "selector", type: "bytes4" }],
  outputs: [
    { name: "immediate", type: "bool" },
    { name: "delay", type: "uint32" },
  ],
} as const satisfies AbiFunction;

/** Zero when it is not scheduled, was done, or expired. */
export const accessManagerGetSchedule = {
  type: "function",
  name: "getSchedule",
  stateMutability: "view",
  inputs: [{ name: "id", type: "bytes32" }],
  outputs: [{ name: "", type: "uint48" }],
} as const satisfies AbiFunction;

export const accessManagerHashOperation = {
  type: "function",
  name: "hashOperation",
  stateMutability: "view",
  inputs: [address("caller"), address("target"), bytes],
  outputs: [{ name: "", type: "bytes32" }],
} as const satisfies AbiFunction;

export const accessManagerSchedule = {
  type: "function",
  name: "schedule",
  stateMutability: "nonpayable",
  inputs: [address("target"), bytes, { name: "when", type: "uint48" }],
  outputs: [
    { name: "operationId", type: "bytes32" },
    { name: "nonce", type: "uint32" },
  ],
} as const satisfies AbiFunction;

export const accessManagerCancel = {
  type: "function",
  name: "cancel",
  stateMutability: "nonpayable",
  inputs: [address("caller"), address("target"), bytes],
  outputs: [{ name: "", type: "uint32" }],
} as const satisfies AbiFunction;

export const accessManagerOperationScheduledEvent = {
  type: "event",
  name: "OperationScheduled",
  inputs: [
    { indexed: true, name: "operationId", type: "bytes32" },
    { indexed: true, name: "nonce", type: "uint32" },
    { indexed: false, name: "schedule", type: "uint48" },
    { indexed: false, name: "caller", type: "address" },
    { indexed: false, name: "target", type: "address" },
    { indexed: false, name: "data", type: "bytes" },
  ],
} as const;
