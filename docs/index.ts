/** `npm run docs`: the SDK's API reference, as HTML, into `.stelai/reference`. */
import { fileURLToPath } from "node:url";
import { installed } from "../scripts/package/world.ts";
import { readReference } from "./reference.ts";

const folder = fileURLToPath(new URL("../.stelai/reference", import.meta.url));
const { project, types } = await installed();
try {
  const { write } = await readReference(project.folder, types);
  await write(folder);
  console.log(`The API reference is at ${folder}/index.html`);
} finally {
  project.remove();
}
