import { MODALITIES } from "@stelai/sdk";
import type { Config } from "../config.ts";
import type { MadeModality, MediaProvider } from "../providers/media.ts";

/** One thing that the operator sees or keeps. */
export type PrivacyFact = {
  what: string;
  detail: string;
  /** For how long, in words. */
  kept: string;
};

/** What the operator sees and keeps, in groups, for `GET /v1/privacy` and the page at `GET /privacy`. */
export type PrivacyFacts = {
  operator: string;
  /** How to reach who runs this, or null when they do not say. */
  contact: string | null;
  sections: { title: string; facts: PrivacyFact[] }[];
};

type Setting = Pick<
  Config,
  | "ANSWER_RETENTION_SECONDS"
  | "REPORT_RETENTION_DAYS"
  | "IPFS_API_URL"
  | "PROVIDER"
  | "OPENAI_MODEL"
  | "OPERATOR_CONTACT"
  | "SMTP_URL"
  | "TRUST_PROXY"
  | "UNOWNED_RETENTION_SECONDS"
  | "FILE_URL_SECONDS"
  | "OPENAI_IMAGE_MODEL"
  | "OPENAI_VIDEO_MODEL"
  | "OPENAI_SPEECH_MODEL"
  | "CONTRIBUTIONS_KEY"
>;

/** What answers and what makes, in honest words. */
export type Engines = {
  provider: { label: string };
  media: Readonly<Record<MadeModality, Pick<MediaProvider, "name" | "label">>>;
};

const ALWAYS = "for as long as this operator works";
const DELETED = "until you delete it, or your account here";
/** `kept` of what is gone when it has been served. */
export const NOT_KEPT = "not kept";

/** The facts, true for this configuration. Whoever changes what is stored changes them here. */
export function privacyFacts(config: Setting, operator: string, engines: Engines): PrivacyFacts {
  return {
    operator,
    contact: config.OPERATOR_CONTACT ?? null,
    sections: [
      { title: "What passes through", facts: [...passing(config, engines)] },
      { title: "What is kept here", facts: [...kept(config)] },
      { title: "What is public", facts: [...open(config)] },
    ],
  };
}

function* passing(config: Setting, { provider, media }: Engines): Generator<PrivacyFact> {
  yield {
    what: "Your messages and the answers",
    detail:
      "They pass through this operator's computer in clear: it could read them while they are served. Your messages are " +
      "written neither to the log nor to the database; of a request, the hash of its bytes is kept. Of answers, only those " +
      "you paid for are, as said below.",
    kept: NOT_KEPT,
  };
  yield config.PROVIDER === "openai"
    ? {
        what: "Who answers",
        detail:
          `This operator passes your messages, with the character's instructions, to another service that runs the model ` +
          `${config.OPENAI_MODEL ?? ""}, under a number that stands for your tab. What that service keeps is up to it.`,
        kept: "see that service",
      }
    : {
        what: "Who answers",
        detail: `${provider.label}. It runs on this operator's computer; your messages go to nobody else.`,
        kept: NOT_KEPT,
      };
  for (const modality of MODALITIES) {
    if (modality === "Chat") continue;
    const { name, label } = media[modality];
    const what = MAKERS[modality];
    yield name === "local"
      ? {
          what,
          detail: `${label}. It runs on this operator's computer; what you ask for goes to nobody else.`,
          kept: "see below",
        }
      : {
          what,
          detail:
            "This operator passes what you ask for, with its maker's instructions, to another service" +
            `${modelOf(config, modality)}, under a number that stands for you. What that service keeps is up to it.`,
          kept: "here as said below; there, see that service",
        };
  }
  yield {
    what: "Your network address",
    detail:
      "It limits how often one may ask, in memory. Daily limits count a keyed hash of it that changes every day. " +
      (config.TRUST_PROXY
        ? "A proxy in front of this relayer passes it on, and may keep a log of its own."
        : "It is not written to the log."),
    kept: "the hash, two days at most",
  };
  yield { what: "Cookies", detail: "This relayer sets none, and loads nothing from elsewhere.", kept: NOT_KEPT };
}

const MAKERS: Readonly<Record<MadeModality, string>> = {
  Image: "Who makes images",
  Video: "Who makes videos",
  Voice: "Who speaks",
  Music: "Who makes music",
};

function modelOf(config: Setting, modality: MadeModality): string {
  const models = {
    Image: config.OPENAI_IMAGE_MODEL,
    Video: config.OPENAI_VIDEO_MODEL,
    Voice: config.OPENAI_SPEECH_MODEL,
    Music: undefined,
  };
  const model = models[modality];
  return model === undefined ? "" : ` that runs the model ${model}`;
}

function* kept(config: Setting): Generator<PrivacyFact> {
  yield {
    what: "Answers you paid for",
    detail:
      "Encrypted (AES-256-GCM, the key is this operator's), so that a request repeated by mistake gets the same answer and is charged once.",
    kept: duration(config.ANSWER_RETENTION_SECONDS),
  };
  yield {
    what: "Images, videos, voiceovers and music that you had made",
    detail:
      "The prompt and the file, each encrypted (AES-256-GCM, the keys are this operator's), with the settings, when, and " +
      "what came of it, for you to find in your library. This operator could read them. " +
      (config.IPFS_API_URL === undefined
        ? "Files are kept on this operator's own computer. "
        : "Encrypted files are on the IPFS network, where others may keep copies; without their keys nobody can read those. ") +
      "Deleting one forgets its keys. Whoever has a file's address, as your browser does, can fetch it for " +
      `${duration(config.FILE_URL_SECONDS)}.`,
    kept: `${DELETED}; of what nobody signed in or paid for, ${duration(config.UNOWNED_RETENTION_SECONDS)}`,
  };
  yield {
    what: "Files you deposited to be sold",
    detail:
      "The file, encrypted (AES-256-GCM, its key under this operator's master key), who deposited it, and how it was made. " +
      "This operator could open it, and does: to make its preview, and to see that it is whole before a licence counts as " +
      "delivered. The key is given to whom the chain confirms a licence or the work itself. " +
      (config.IPFS_API_URL === undefined
        ? "The encrypted file is on this operator's own computer, for anyone who knows its address."
        : "The encrypted file is on the IPFS network, where others may keep copies."),
    kept: "for as long as a work of yours on the chain names it, also when you delete your account; else 30 days at most",
  };
  yield {
    what: "Whose turn it is",
    detail:
      "When work for an account began last, or for a network where nobody pays (a hash of its address): the queue is fair " +
      "by that. It outlives what is deleted, so that deleting is no way to the front.",
    kept: duration(86_400),
  };
  yield {
    what: "Receipts and requests",
    detail:
      "Tab, character, time, amount, units, the hashes of request and answer, and signatures: no text. A request that " +
      "was not charged has the reason instead. They prove your bill; your session key or your wallet can read them.",
    kept: ALWAYS,
  };
  yield {
    what: "Payments for single calls (x402)",
    detail:
      "Who paid, what for as a hash, its lines, signature and transaction, and how many tokens an answer had: your bill. " +
      "How many payments of an account and of a network (a hash of its address) are not charged yet is counted for a day. " +
      "Your account's export has them; deleting your account forgets the hash of what you asked, and the answer.",
    kept: "400 days; what came to nothing, 30 days",
  };
  yield {
    what: "Your API keys",
    detail:
      "Of a key its SHA-256, its first characters, the name you gave it, when it was made, last used and revoked; the key " +
      "itself is not kept. The session key of its tab is encrypted (AES-256-GCM): with it this operator signs for what the " +
      "key's clients had, within its cap.",
    kept: `${ALWAYS}: they belong to the tab; their names ${DELETED}`,
  };
  yield {
    what: "Personas",
    detail:
      "What creators upload is encrypted (AES-256-GCM), shown to the character's owner alone, and used to answer.",
    kept: ALWAYS,
  };
  yield {
    what: "Files that characters know",
    detail:
      "Their text, cut into passages, encrypted (AES-256-GCM), used to answer and listed for who uploaded them alone. " +
      "They do not go with a character that is sold. Cards of private characters are kept the same way.",
    kept: "files until their owner deletes them; cards for as long as this operator works: the chain names them",
  };
  yield {
    what: "Your profile, and whom you follow",
    detail: "What you enter. Anyone can read a profile and how many follow it; whom you follow, only you.",
    kept: DELETED,
  };
  yield {
    what: "Notifications",
    detail:
      "What happened on the chain that concerns your account, renewals, and changes of characters you hold a pass of or " +
      "talked to with your account in the last 30 days; for that, when you last talked to which character is kept, not what " +
      "was said.",
    kept: "90 days; when you last talked, 30 days",
  };
  yield {
    what: "Where notifications are sent",
    detail:
      "Your browser's push address, and your mail address once you confirmed it, encrypted. The browser's push service " +
      "sees that something came, not what. " +
      (config.SMTP_URL === undefined
        ? "This operator sends no mail."
        : "Mail passes through this operator's mail server."),
    kept: "until you turn it off, or your browser does",
  };
  yield {
    what: "Your conversations, if you have them kept here",
    detail:
      "Encrypted by your browser under a key that this operator does not have: it sees how many there are, how large, and " +
      "when they were written.",
    kept: DELETED,
  };
  yield {
    what: "Your daily limit, and kinds of notifications you muted",
    detail: "With when your account was here first and last.",
    kept: DELETED,
  };
  yield {
    what: "What stays when you delete your account",
    detail:
      "Receipts, requests and vouchers, because they are money: yours, the creators' and this operator's. Personas, cards " +
      "and files of characters, because these live by them: their owner replaces or deletes them. Deposited files that " +
      "works of yours name, because whoever buys or bought a licence is owed them. Reports, without your account. Which " +
      "contributions bonus credits were granted for. " +
      "Everything else named here is gone at once.",
    kept: "as said for each",
  };
  yield {
    what: "Signing in",
    detail:
      "The account, the hash of its token, and the address of the session key that your browser named, if it named one. " +
      "Signing in needs no name, mail address or password.",
    kept: "24 hours, or with a session key 30 days; or until you sign out",
  };
  yield {
    what: "Reviews you found helpful",
    detail:
      "Your account and the review. Anyone can read how many found a review helpful; which ones you did, only you.",
    kept: DELETED,
  };
  yield {
    what: "Reports",
    detail:
      "What you write, the excerpt you send, the character, work or review, and your account if you are signed in. This " +
      "operator reads them. So do the marketplace's moderators, whom the chain names, without your account; what they " +
      "decide is kept with theirs.",
    kept: duration(config.REPORT_RETENTION_DAYS * 86_400),
  };
  yield {
    what: "Feedback",
    detail:
      "What you write, when, and your account. This operator reads it. So do the marketplace's moderators, whom the chain " +
      "names; what they decide is kept with it.",
    kept: DELETED,
  };
  yield {
    what: "What you share",
    detail:
      "That you share it, and when. Everybody who has its address sees the page of a share: of a work or a character what " +
      "is public of it, of something that you had made its preview, what it was made with and the name that you chose, or " +
      "your address; not the prompt, and not the file. Taking a share back ends that for who has not seen it.",
    kept: DELETED,
  };
  if (config.CONTRIBUTIONS_KEY !== undefined) {
    yield {
      what: "Contributions that bonus credits were granted for",
      detail:
        "Which review, share or feedback of yours, how much, and the signature: each counts once. To find your reviews, the " +
        "index, which is public, is asked for your account.",
      kept: ALWAYS,
    };
  }
  yield {
    what: "Accounts and characters that this operator refuses, and why",
    detail: "Decided by this operator. Closing a tab works for everyone.",
    kept: "until it is lifted",
  };
  yield {
    what: "Plans, top-ups and bonus credits",
    detail:
      "Copies of what the chain says of every account's, so that they are renewed, made and kept alive in time; when you were " +
      "last told that your credits run low.",
    kept: `${ALWAYS}; the last until you have more credits, or delete your account here`,
  };
  yield {
    what: "Passes and who may use private characters",
    detail:
      "A copy of what the chain says, to know what to renew and what to show to whom, and what came of each renewal. " +
      "Of an answer under a pass no receipt is kept.",
    kept: "the copy always; what came of a renewal 400 days",
  };
  yield {
    what: "Licences that this operator delivers",
    detail:
      "A copy of what the chain says of each order, when its delivery was tried, and why it could not be made if it could " +
      "not; and when the file's key was first given, and to which account, by which disputes are decided. Anyone can ask " +
      "where a delivery stands and when the key was first given, not to whom.",
    kept: "always; to which account a key was given, until that account is deleted",
  };
  yield {
    what: "Counters of a day",
    detail:
      "How much an account uploaded, deposited, shared, reported, told, was granted, and had sponsored, and how often it used each of its passes. How " +
      "much was deposited, voted, reported, told and sponsored from a network (a hash of its address that changes every day).",
    kept: "two days at most",
  };
  yield {
    what: "The log",
    detail:
      "For each request: a number, the kind of endpoint, the status and how long it took. For a sponsored transaction also " +
      "the account it was sent for. No messages, tokens, signatures or network addresses.",
    kept: "as this operator's system is set up",
  };
}

function* open(config: Setting): Generator<PrivacyFact> {
  yield {
    what: "The chain",
    detail:
      "Purchases, tabs, passes, and how much of a tab went to which character are on a public chain under your account's " +
      "address, sponsored or not. So is whom a creator let use a private character. No conversation is.",
    kept: "for good",
  };
  yield {
    what: "Seals",
    detail: "Totals of tabs that are about to be settled can be read here by anyone before they are on the chain.",
    kept: ALWAYS,
  };
  yield {
    what: "What you publish",
    detail:
      "An image, video, voiceover or piece of music that you published is on IPFS as it is, for anyone who knows its " +
      "address. Deleting it here does not take it back from those who have it.",
    kept: ALWAYS,
  };
  yield {
    what: "Works, licences and what is shown of them",
    detail:
      "Who created, owns, offers, buys and holds what, for how much, is on the chain. The preview of a file that you " +
      "deposited, small and marked, of videos and sounds only the beginning, is on IPFS in the clear as soon as you " +
      "deposited it; so is what you say of the work.",
    kept: "for good",
  };
  yield {
    what: "Cards and pictures of characters",
    detail:
      "Anyone who knows the address of a file can read it. " +
      (config.IPFS_API_URL === undefined
        ? "This operator keeps them on its own computer."
        : "This operator shares them on the IPFS network, where others may keep copies.") +
      " Pictures are stored as uploaded, with whatever the camera wrote into them.",
    kept: ALWAYS,
  };
}

function duration(seconds: number): string {
  const units = [
    [86_400, "day"],
    [3_600, "hour"],
    [60, "minute"],
  ] as const;
  const [size, name] = units.find(([size]) => seconds >= size && seconds % size === 0) ?? [1, "second"];
  const count = seconds / size;
  return `${count} ${name}${count === 1 ? "" : "s"}`;
}
