import type { Generation } from "@stelai/sdk/wire";
import type { GenerationRow } from "../generations/types.ts";
import type { Services } from "../services.ts";
import { Cards } from "./cards.ts";
import { FileAddresses } from "./fileAddresses.ts";
import { FileServing } from "./fileServing.ts";
import { generationView } from "./generationView.ts";
import { Orders } from "./orders.ts";
import { Tools } from "./tools.ts";
import { Waiting } from "./waiting.ts";
import { Waits } from "./waits.ts";

/** What the routes of tools and generations share. */
export type Making = {
  readonly cards: Cards;
  readonly tools: Tools;
  readonly orders: Orders;
  readonly waiting: Waiting;
  readonly waits: Waits;
  readonly addresses: FileAddresses;
  readonly files: FileServing;
  /** A generation as its owner sees it. */
  view(row: GenerationRow): Promise<Generation>;
};

/** Builds it once over the services. */
export function createMaking(services: Services): Making {
  const { config, content, media, people } = services;
  const cards = new Cards(content, people.cards);
  const tools = new Tools(config, media, cards);
  const addresses = new FileAddresses(config);
  return {
    ...{ cards, tools, addresses },
    files: new FileServing(services),
    orders: new Orders(services, tools),
    waiting: new Waiting(services),
    waits: new Waits({ account: config.WAITS_PER_ACCOUNT, network: config.WAITS_PER_NETWORK }),
    view: (row) => generationView(services, addresses, row),
  };
}
