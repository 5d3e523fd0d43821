import type { Generation } from "@stelai/sdk/wire";
import type { GenerationRow } from "../generations/types.ts";
import type { Services } from "../services.ts";
import { Cards } from "./cards.ts";
import { FileAddresses } from "./fileAddresses.ts";
import { generationView } from "./generationView.ts";
import { Orders } from "./orders.ts";
import { Tools } from "./tools.ts";
import { Waiting } from "./waiting.ts";

/** What the routes of tools and generations share. */
export type Making = {
  readonly cards: Cards;
  readonly tools: Tools;
  readonly orders: Orders;
  readonly waiting: Waiting;
  readonly addresses: FileAddresses;
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
    orders: new Orders(services, tools),
    waiting: new Waiting(services),
    view: (row) => generationView(services, addresses, row),
  };
}
