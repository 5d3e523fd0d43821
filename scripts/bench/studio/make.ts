/** `node make.ts <image|video|voice|music> FILE`: one engine's standard result, and on stdout what it took. */
import { writeFileSync } from "node:fs";
import type { LocalEngine } from "../../../relayer/src/providers/media.ts";
import { NAMES, standardRequest } from "./requests.ts";

const name = NAMES.find((one) => one === process.argv[2]);
const file = process.argv[3];
if (name === undefined || file === undefined) throw new Error(`usage: make.ts <${NAMES.join("|")}> FILE`);

const loaded: Record<string, LocalEngine> = await import(`../../../relayer/src/providers/local/${name}/index.ts`);
const engine = loaded[`${name}Engine`];
if (engine === undefined) throw new Error(`there is no ${name} engine`);
writeFileSync(file, await engine.make(standardRequest(name, engine), () => {}));
console.log(JSON.stringify({ maxRSS: process.resourceUsage().maxRSS }));
