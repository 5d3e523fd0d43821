import { access } from "./access.ts";
import { activity } from "./activity.ts";
import { admin } from "./admin.ts";
import { allowances } from "./allowances.ts";
import { announcements } from "./announcements.ts";
import { billing } from "./billing.ts";
import { buying } from "./buying.ts";
import { chat } from "./chat.ts";
import { creator } from "./creator.ts";
import { credits } from "./credits.ts";
import { desks } from "./desks.ts";
import { dev } from "./dev.ts";
import { explore } from "./explore.ts";
import { feedback } from "./feedback.ts";
import { keys } from "./keys.ts";
import { library } from "./library.ts";
import { licences } from "./licences.ts";
import { market } from "./market.ts";
import { pages } from "./pages.ts";
import { people } from "./people.ts";
import { rankings } from "./rankings.ts";
import { reviews } from "./reviews.ts";
import { rewards } from "./rewards.ts";
import { selling } from "./selling.ts";
import { shares } from "./shares.ts";
import { sharing } from "./sharing.ts";
import { shell } from "./shell.ts";
import { statement } from "./statement.ts";
import { studio } from "./studio.ts";
import { tabs } from "./tabs.ts";
import { tools } from "./tools.ts";
import { ui } from "./ui.ts";
import { wallet } from "./wallet.ts";

/** Areas whose sentences come with their pages' own code, not with the frame's (`studio/words.ts` and the like). */
export const APART = {
  admin,
  allowances,
  announcements,
  billing,
  buying,
  desks,
  feedback,
  keys,
  licences,
  market,
  rankings,
  rewards,
  selling,
  shares,
  sharing,
  statement,
  studio,
  tools,
} as const;

/** Every sentence of the dApp in English, as ICU messages by area and thing. */
export const en = {
  ...shell,
  ...ui,
  ...wallet,
  ...activity,
  ...admin,
  ...allowances,
  ...announcements,
  ...billing,
  ...buying,
  ...pages,
  ...creator,
  ...credits,
  ...chat,
  ...explore,
  ...feedback,
  ...desks,
  ...dev,
  ...access,
  ...keys,
  ...library,
  ...licences,
  ...market,
  ...people,
  ...rankings,
  ...reviews,
  ...rewards,
  ...selling,
  ...shares,
  ...sharing,
  ...statement,
  ...studio,
  ...tabs,
  ...tools,
} as const;

export type MessageId = keyof typeof en;
