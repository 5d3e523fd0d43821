import type { StelaiClient } from "../../client.ts";
import { operatorInfo } from "../../internal/sponsor.ts";
import type { OperatorInfo } from "../../wire.ts";

export type GetOperatorReturnType = OperatorInfo;

/**
 * Who runs the relayer and on what conditions: fees in microcredits per unit, what it sponsors, its limits.
 * @throws WrongDeploymentError when it works with another chain or other contracts than this client.
 *
 * @example
 * ```ts
 * const { operator, fees, sponsor } = await stelai.relayer.getOperator();
 * ```
 */
export async function getOperator(client: StelaiClient): Promise<GetOperatorReturnType> {
  return operatorInfo(client);
}
