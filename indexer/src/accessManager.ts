import { parseAbi } from "viem";

/** How long a scheduled call can be made once it is ready, in seconds: `AccessManager.expiration()`. */
export const EXPIRATION = 604_800n;

/** What of OpenZeppelin's AccessManager is read here: its schedule, and calls to itself that can be scheduled. */
export const accessManagerAbi = parseAbi([
  "event OperationScheduled(bytes32 indexed operationId, uint32 indexed nonce, uint48 schedule, address caller, address target, bytes data)",
  "event OperationExecuted(bytes32 indexed operationId, uint32 indexed nonce)",
  "event OperationCanceled(bytes32 indexed operationId, uint32 indexed nonce)",
  "function labelRole(uint64 roleId, string label)",
  "function grantRole(uint64 roleId, address account, uint32 executionDelay)",
  "function revokeRole(uint64 roleId, address account)",
  "function setRoleAdmin(uint64 roleId, uint64 admin)",
  "function setRoleGuardian(uint64 roleId, uint64 guardian)",
  "function setGrantDelay(uint64 roleId, uint32 newDelay)",
  "function setTargetFunctionRole(address target, bytes4[] selectors, uint64 roleId)",
  "function setTargetAdminDelay(address target, uint32 newDelay)",
  "function setTargetClosed(address target, bool closed)",
  "function updateAuthority(address target, address newAuthority)",
]);

/** Where a scheduled call stands. */
export const OPERATION_STATES = ["waiting", "ready", "executed", "cancelled", "expired"] as const;
export type OperationState = (typeof OPERATION_STATES)[number];

/** Where a scheduled call stands at `now`, in Unix seconds. */
export function operationState(
  operation: { readyAt: bigint; executedAt: bigint | null; cancelledAt: bigint | null },
  now: bigint,
): OperationState {
  if (operation.executedAt !== null) return "executed";
  if (operation.cancelledAt !== null) return "cancelled";
  if (operation.readyAt + EXPIRATION <= now) return "expired";
  return operation.readyAt <= now ? "ready" : "waiting";
}
