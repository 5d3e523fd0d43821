/** Largest file that a character may be given to know. */
export const MAX_FILE_BYTES = 2_097_152;
/** Largest body that writes one conversation of the history: base64 in JSON. */
export const MAX_ENTRY_BODY_BYTES = 2_900_000;
