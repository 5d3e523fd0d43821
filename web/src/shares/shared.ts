import type { SharedCreation, ShareRequest } from "@stelai/sdk";

/** Whether a share is of this very thing. */
export function isOf(share: Pick<SharedCreation, "kind" | "subject">, what: ShareRequest): boolean {
  if ("generationId" in what) return share.kind === "generation" && share.subject === what.generationId;
  if ("workId" in what) return share.kind === "work" && share.subject === String(what.workId);
  return share.kind === "character" && share.subject === String(what.characterId);
}

/** What kind of thing is shared. */
export function kindOf(what: ShareRequest): SharedCreation["kind"] {
  return "generationId" in what ? "generation" : "workId" in what ? "work" : "character";
}

/** Address of the picture that goes with a share's link. */
export function pictureOf(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname.replace(/\/$/, "")}/image.png`;
}
