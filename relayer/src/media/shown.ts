import type { Probed } from "./probe.ts";

/** What may be shown of a file in its place; of a picture or a film also how large that is, in pixels. */
export type Shown = { bytes: Uint8Array; mediaType: Probed["mediaType"]; width?: number; height?: number };
