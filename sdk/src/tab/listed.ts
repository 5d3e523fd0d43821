import { isOperator } from "../actions/characters/isOperator.ts";
import type { StelaiClient } from "../client.ts";
import { OperatorNotServingError } from "../errors/client.ts";
import type { TabRecord } from "./record.ts";

/**
 * Asks the chain, once a character, whether its owner lists the operator of a tab. The meter settles a voucher whoever the
 * operator is, so that this is what keeps a payer from one whom the creator does not trust; it is asked again after a no.
 * @returns What throws OperatorNotServingError when the owner does not.
 */
export function listedBook(
  client: StelaiClient,
  { operator }: Pick<TabRecord, "operator">,
): (characterId: bigint) => Promise<void> {
  const listed = new Set<bigint>();
  return async (characterId) => {
    if (listed.has(characterId)) return;
    if (!(await isOperator(client, { characterId, operator }))) {
      throw new OperatorNotServingError(characterId, operator);
    }
    listed.add(characterId);
  };
}
