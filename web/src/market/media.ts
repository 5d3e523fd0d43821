import type { WorkHit } from "@stelai/sdk";
import type { WorkPreview } from "@stelai/sdk/wire";

/** What of a work is looked at, and what is played. */
export interface Shown {
  /** A still. */
  readonly picture: WorkPreview | undefined;
  /** Sound or video. */
  readonly clip: WorkPreview | undefined;
  readonly isVideo: boolean;
}

const is = (preview: WorkPreview | null, kind: string) => preview?.mediaType.startsWith(`${kind}/`) ?? false;

/** By the types that the previews say they are: a picture that claims to be a video is not played. */
export function shownOf({ preview, poster }: Pick<WorkHit, "preview" | "poster">): Shown {
  const isVideo = is(preview, "video");
  const clip = isVideo || is(preview, "audio") ? preview : null;
  const picture = is(poster, "image") ? poster : is(preview, "image") ? preview : null;
  return { picture: picture ?? undefined, clip: clip ?? undefined, isVideo };
}
