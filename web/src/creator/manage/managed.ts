import type { GetCharacterReturnType } from "@stelai/sdk";

/** A character of one's own as the chain has it, and what it is called. */
export interface ManagedCharacter extends GetCharacterReturnType {
  /** Its number in words while its card is not known. */
  readonly name: string;
}

/** Whether a card is kept by the operator for those who may see it, not on IPFS for everyone. */
export function isPrivateCard(metadataURI: string): boolean {
  return metadataURI.startsWith("stelai:card:");
}
