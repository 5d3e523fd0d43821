import { getAddress, type Hex } from "viem";
import * as z from "zod";

const contractAddress = z
  .string()
  .regex(/^0x[0-9a-fA-F]{40}$/, "must be an address")
  .transform((text) => getAddress(text));
/** Where the contracts of one chain are, as the deployment script writes it. */
export const deploymentSchema = z.object({
  chainId: z.int().positive(),
  genesisHash: z
    .string()
    .regex(/^0x[0-9a-fA-F]{64}$/, "must be 32 bytes in hex")
    .transform((text) => text.toLowerCase() as Hex),
  startBlock: z.coerce.bigint(),
  finalityBlocks: z.int().min(1),
  contracts: z.object({
    Stelai: contractAddress,
    CreditStore: contractAddress,
    Payouts: contractAddress,
    Characters: contractAddress,
    InferenceMeter: contractAddress,
    CharacterAccess: contractAddress,
    Reviews: contractAddress,
    Works: contractAddress,
    Licenses: contractAddress,
    Resale: contractAddress,
    WorkReviews: contractAddress,
    CreditPlans: contractAddress,
    Rewards: contractAddress,
    OperatorReceivers: contractAddress,
    /** Where a deployment takes ETH; the relayer only tells of it. */
    EthCheckout: contractAddress.optional(),
    AccessManager: contractAddress,
    Reserve: contractAddress,
  }),
});
export type RelayerDeployment = z.output<typeof deploymentSchema>;
