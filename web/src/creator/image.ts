import type { MessageId } from "../locales/en/index.ts";

export const IMAGE_TYPES = ["image/png", "image/jpeg", "image/webp"];
/** What the relayer takes. */
export const MOST_IMAGE_BYTES = 2 * 1024 * 1024;
const MOST_SIDE_PIXELS = 4_096;

/** What is wrong with a picture for a character; undefined when nothing is. */
export async function imageProblem(image: Blob): Promise<MessageId | undefined> {
  if (!IMAGE_TYPES.includes(image.type)) return "publish.problem.imageType";
  if (image.size > MOST_IMAGE_BYTES) return "publish.problem.imageSize";
  try {
    const { width, height } = await createImageBitmap(image);
    return width > MOST_SIDE_PIXELS || height > MOST_SIDE_PIXELS ? "publish.problem.imagePixels" : undefined;
  } catch {
    return "publish.problem.imageBroken";
  }
}
