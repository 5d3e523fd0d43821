import { join } from "node:path";
import {
  Application,
  DeclarationReflection,
  type ProjectReflection,
  ReferenceReflection,
  ReflectionKind,
} from "typedoc";

/** The API of a package that is installed in a project, read from its types and their docstrings. */
export type Reference = {
  /** How many exports each sub-path has, by the name that it is imported by. */
  modules: Readonly<Record<string, number>>;
  /** Exports without a docstring, as `<module>: <name>`. */
  undocumented: readonly string[];
  /** How many exports there are. */
  count: number;
  /** Writes it as HTML. */
  write: (folder: string) => Promise<void>;
};

/** An action's own types are documented by the action, which names them after itself, and by their properties. */
const OF_AN_ACTION = /^(?:Use)?[A-Z]\w*(?:Parameters|ReturnType)$/;

/**
 * Reads the API of `@stelai/sdk` in a project's `node_modules`. `types` are the sub-paths' declarations, by what they are
 * imported by.
 */
export async function readReference(project: string, types: Readonly<Record<string, string>>): Promise<Reference> {
  const sdk = join(project, "node_modules/@stelai/sdk");
  const app = await Application.bootstrap({
    name: "@stelai/sdk",
    entryPoints: Object.values(types).map((file) => join(sdk, file)),
    tsconfig: join(project, "tsconfig.json"),
    readme: join(sdk, "README.md"),
    ...{ disableSources: true, skipErrorChecking: true, excludeExternals: false, logLevel: "Error" },
    validation: false,
  });
  const converted = await app.convert();
  if (converted === undefined) throw new Error("TypeDoc could not read the SDK's types.");
  for (const module of modulesOf(converted)) {
    // TypeDoc calls a module after its file; who reads on imports it by its sub-path.
    const isIts = ([, file]: [string, string]) => nameOfFile(file) === module.name;
    module.name = Object.entries(types).find(isIts)?.[0] ?? module.name;
  }
  const exports = exportsOf(converted);
  return {
    modules: Object.fromEntries(modulesOf(converted).map(({ name, children }) => [name, children?.length ?? 0])),
    count: exports.length,
    undocumented: exports
      .filter((one) => !OF_AN_ACTION.test(one.name) && !isDocumented(one))
      .map((one) => `${one.parent?.name}: ${one.name}`),
    write: (folder) => app.generateDocs(converted, folder),
  };
}

function modulesOf(project: ProjectReflection): DeclarationReflection[] {
  return project.getChildrenByKind(ReflectionKind.Module) as DeclarationReflection[];
}

function exportsOf(project: ProjectReflection): DeclarationReflection[] {
  return modulesOf(project).flatMap((module) => module.children ?? []);
}

function nameOfFile(file: string): string {
  return file.replace(/^\.\/dist\//, "").replace(/(?:\/index)?\.d\.ts$/, "");
}

function isDocumented(one: DeclarationReflection): boolean {
  // What two sub-paths export is documented where it is at home.
  const home = one instanceof ReferenceReflection ? one.tryGetTargetReflectionDeep() : one;
  if (!(home instanceof DeclarationReflection)) return home?.hasComment() ?? false;
  return home.hasComment() || (home.signatures ?? []).some((signature) => signature.hasComment());
}
