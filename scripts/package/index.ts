/** `npm run package`: what is published, built and packed into `.stelai/packages`. */
import { buildPackages } from "./build.ts";

for (const { name, tarball } of Object.values(await buildPackages())) console.log(`${name}  ${tarball}`);
