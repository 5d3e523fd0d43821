import type { OperatorInfo } from "@stelai/sdk/wire";
import { Hono } from "hono";
import { type AppEnv, json } from "../http.ts";
import { toolOf } from "../inference/tools.ts";
import { feesOf } from "../pricing.ts";
import type { Services } from "../services.ts";
import { sponsorConditions } from "../sponsor/index.ts";

/** `GET /v1/operator` and `GET /v1/deployment`. */
export function operatorRoutes({ config, chain, operator, media, x402 }: Services): Hono<AppEnv> {
  const { AccessManager: _, ...contracts } = chain.contracts;
  const able = (modality: keyof typeof media) => toolOf(modality, media[modality].abilities, config, undefined);
  const info: OperatorInfo = {
    operator: operator.address,
    chainId: chain.id,
    genesisHash: chain.genesisHash,
    contracts,
    finalityBlocks: chain.finalityBlocks,
    fees: feesOf(config),
    sponsor: sponsorConditions(config, operator.address),
    exposureLimit: config.EXPOSURE_INITIAL,
    maximumTokens: config.MAXIMUM_TOKENS,
    passDailyRequests: config.PASS_DAILY_REQUESTS,
    delivery: { minimumPrice: config.DELIVERY_MINIMUM_PRICE },
    x402: x402 === undefined ? null : { receiver: x402.receiver, fee: config.X402_FEE },
    tools: { Image: able("Image"), Video: able("Video"), Voice: able("Voice"), Music: able("Music") },
  };
  const { chainId, genesisHash, startBlock, finalityBlocks, contracts: all } = config.deployment;
  const deployment = { chainId, genesisHash, startBlock: String(startBlock), finalityBlocks, contracts: all };
  return new Hono<AppEnv>().get("/v1/operator", () => json(info)).get("/v1/deployment", () => json(deployment));
}
