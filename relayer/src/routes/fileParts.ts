import type { GenerationRow } from "../generations/types.ts";
import type { FilePart } from "../inference/fileAddresses.ts";
import type { Served } from "../inference/fileAnswer.ts";
import { GenerationNotFinishedError } from "../inference/generationErrors.ts";
import { fileNameOf } from "../inference/generationView.ts";
import type { Services } from "../services.ts";

/**
 * The file of a generation, or its preview.
 * @throws GenerationNotFinishedError when there is none.
 */
export async function servedFile(
  { generations }: Pick<Services, "generations">,
  row: GenerationRow,
  part: FilePart,
): Promise<Served> {
  if (row.status !== "completed" || row.file === null) throw new GenerationNotFinishedError(row);
  const { bytes, mediaType } = await generations.open(row, part === "content" ? "file" : "preview");
  const name = fileNameOf(row, mediaType);
  return {
    ...{ bytes, mediaType },
    name: part === "content" ? name : name.replace(/(?=\.[^.]*$)/, "-preview"),
    etag: `"${part === "content" ? row.file.contentHash : `${row.file.contentHash}-preview`}"`,
  };
}
