import { access } from "./access.ts";
import { activity } from "./activity.ts";
import { chat } from "./chat.ts";
import { creator } from "./creator.ts";
import { credits } from "./credits.ts";
import { desks } from "./desks.ts";
import { dev } from "./dev.ts";
import { explore } from "./explore.ts";
import { library } from "./library.ts";
import { licences } from "./licences.ts";
import { market } from "./market.ts";
import { pages } from "./pages.ts";
import { people } from "./people.ts";
import { rankings } from "./rankings.ts";
import { reviews } from "./reviews.ts";
import { selling } from "./selling.ts";
import { sharing } from "./sharing.ts";
import { shell } from "./shell.ts";
import { statement } from "./statement.ts";
import { studio } from "./studio.ts";
import { tabs } from "./tabs.ts";
import { tools } from "./tools.ts";
import { ui } from "./ui.ts";
import { wallet } from "./wallet.ts";

/** Areas whose sentences come with their pages' own code, not with the frame's (`studio/words.ts` and the like). */
export const APART = { desks, licences, market, rankings, selling, sharing, statement, studio, tools } as const;

/** Every sentence of the dApp in English, as ICU messages by area and thing. */
export const en = {
  ...shell,
  ...ui,
  ...wallet,
  ...activity,
  ...pages,
  ...creator,
  ...credits,
  ...chat,
  ...explore,
  ...desks,
  ...dev,
  ...access,
  ...library,
  ...licences,
  ...market,
  ...people,
  ...rankings,
  ...reviews,
  ...selling,
  ...sharing,
  ...statement,
  ...studio,
  ...tabs,
  ...tools,
} as const;

export type MessageId = keyof typeof en;
