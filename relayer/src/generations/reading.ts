import type { EncryptedFiles } from "./files.ts";
import type { Secrets } from "./secrets.ts";
import type { GenerationRow, Generations } from "./types.ts";

/** Opens what was made. Its authenticated encryption vouches for the bytes: nothing is hashed again. */
export function createReading(files: EncryptedFiles, secrets: Secrets): Pick<Generations, "open"> {
  const keyOf = ({ id, fileKey }: GenerationRow): Uint8Array => {
    if (fileKey === null) throw new RangeError(`generation ${id} has no file`);
    return Buffer.from(secrets.open(id, "key", fileKey), "base64");
  };

  return {
    open: async (row, part) => {
      const { file, preview } = row;
      if (file === null || preview === null) throw new RangeError(`generation ${row.id} has no file`);
      const { cid, mediaType } = part === "file" ? file : preview;
      return { bytes: await files.get(keyOf(row), cid), mediaType };
    },
  };
}
