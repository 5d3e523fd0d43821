import { readFileSync } from "node:fs";

/** A package's manifest, as far as it is published. */
export type Manifest = {
  name: string;
  version: string;
  exports?: Record<string, string>;
  bin?: Record<string, string>;
  dependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  [field: string]: unknown;
};

/** What npm shows of a package, or resolves it by. Scripts, private marks and the monorepo's own tools stay here. */
const PUBLISHED = [
  ...["name", "version", "description", "license", "keywords", "homepage", "repository", "bugs"],
  ...["type", "sideEffects", "engines", "dependencies", "peerDependencies", "peerDependenciesMeta"],
];

/** Reads a workspace's manifest. */
export function readManifest(file: string): Manifest {
  return JSON.parse(readFileSync(file, "utf8"));
}

/** The fields of a manifest that are published, with those given here. */
export function publishedManifest(manifest: Manifest, built: Record<string, unknown>): string {
  const kept = PUBLISHED.filter((field) => manifest[field] !== undefined).map((field) => [field, manifest[field]]);
  return `${JSON.stringify({ ...Object.fromEntries(kept), ...built }, null, 2)}\n`;
}

/** What a workspace's TypeScript source becomes in the package: `./src/x.ts`, and `.js` or `.d.ts`. */
export function builtFile(source: string, extension: string): string {
  return source.replace(/^\.\/src\//, "./dist/").replace(/\.tsx?$/, extension);
}
