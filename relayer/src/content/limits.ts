/** Largest upload, a picture, in bytes. */
export const MAX_UPLOAD_BYTES = 2_097_152;

/** Largest card, in bytes. */
export const MAX_CARD_BYTES = 65_536;

/** Most pixels a side: decoders get slow, or worse, beyond. */
export const MAX_SIDE_PIXELS = 4_096;
