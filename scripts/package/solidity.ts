import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import solc from "solc";

type Output = {
  errors?: { severity: string; formattedMessage: string }[];
  contracts?: Record<string, Record<string, { evm: { bytecode: { object: string } } }>>;
};

/** Compiles one source with the npm compiler; what it imports is looked for in a project's `node_modules`. */
export function compileSolidity(folder: string, content: string, contract: string) {
  const input = {
    language: "Solidity",
    sources: { "Source.sol": { content } },
    settings: { evmVersion: "cancun", outputSelection: { "*": { "*": ["evm.bytecode.object"] } } },
  };
  const find = (path: string) => {
    const file = join(folder, "node_modules", path);
    return existsSync(file) ? { contents: readFileSync(file, "utf8") } : { error: `${path} is not installed` };
  };
  const output = JSON.parse(solc.compile(JSON.stringify(input), { import: find })) as Output;
  return {
    errors: (output.errors ?? []).filter(({ severity }) => severity === "error").map((error) => error.formattedMessage),
    bytecode: output.contracts?.["Source.sol"]?.[contract]?.evm.bytecode.object ?? "",
  };
}
