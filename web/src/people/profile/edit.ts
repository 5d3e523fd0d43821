/** A profile while it is edited: texts as typed, and what is wrong with them (the wire's `profileUpdateSchema`). */
import type { Profile, ProfileUpdate } from "@stelai/sdk";
import type { MessageId } from "../../locales/en/index.ts";

export const MOST_NAME = 40;
export const MOST_BIO = 500;
const MOST_LINKS = 5;
const MOST_LINK = 256;

export interface ProfileDraft {
  readonly name: string;
  readonly bio: string;
  /** One a line. */
  readonly links: string;
}

export function draftOf({ name, bio, links }: Pick<Profile, "name" | "bio" | "links">): ProfileDraft {
  return { name: name ?? "", bio, links: links.join("\n") };
}

/** Links as typed: each whole, `https://` added where there is nothing before the host. */
export function linksIn(text: string): string[] {
  return text
    .split(/\s+/)
    .filter(Boolean)
    .map((link) => (/^[a-z][a-z0-9+.-]*:/i.test(link) ? link : `https://${link}`));
}

/** What is wrong with a draft, by field. */
export function problemsOf({ name, bio, links }: ProfileDraft): Partial<Record<keyof ProfileDraft, MessageId>> {
  const all = linksIn(links);
  const wrongLinks = all.some((link) => !isLink(link));
  return {
    ...(name.trim() === "" ? { name: "profile.problem.noName" as const } : {}),
    ...(name.trim().length > MOST_NAME ? { name: "profile.problem.longName" as const } : {}),
    ...(bio.length > MOST_BIO ? { bio: "profile.problem.longBio" as const } : {}),
    ...(wrongLinks ? { links: "profile.problem.link" as const } : {}),
    ...(all.length > MOST_LINKS ? { links: "profile.problem.manyLinks" as const } : {}),
  };
}

function isLink(link: string): boolean {
  return link.startsWith("https://") && link.length <= MOST_LINK && URL.canParse(link) && hostOf(link).includes(".");
}

/** The draft as it is saved. @param picture `ipfs://…`, or null for none. */
export function updateOf({ name, bio, links }: ProfileDraft, picture: string | null): ProfileUpdate {
  return { name: name.trim(), bio: bio.trim(), picture, links: linksIn(links) };
}

/** Where a link leads, without what hides it: never the words that someone chose for it. */
export function hostOf(link: string): string {
  return URL.canParse(link) ? new URL(link).host : "";
}
