import { useStelai } from "@stelai/sdk/react";
import { FileCheck } from "lucide-react";
import { useRef } from "react";
import { useT } from "../i18n/react.tsx";
import { Button } from "../ui/Button.tsx";
import { fromFile, type StatementFile, StatementFileError } from "./file.ts";
import css from "./Statement.module.css";

export interface FileButtonProps {
  onFile: (file: StatementFile) => void;
  /** Told in words what is wrong with a file that is none. */
  onProblem: (problem: string) => void;
}

/** Opens an exported statement, so that it can be checked without its operator. */
export function FileButton({ onFile, onProblem }: FileButtonProps) {
  const t = useT();
  const input = useRef<HTMLInputElement>(null);
  const { chainId, genesisHash, contracts } = useStelai().client.deployment;
  const read = async (file: File) => {
    try {
      onFile(fromFile(await file.text(), { chainId, genesisHash, inferenceMeter: contracts.InferenceMeter }));
    } catch (error) {
      if (!(error instanceof StatementFileError)) throw error;
      onProblem(t(`statement.file.${error.problem}`, { path: error.path }));
    }
  };
  return (
    <>
      <Button icon={FileCheck} onClick={() => input.current?.click()}>
        {t("statement.file.open")}
      </Button>
      <input
        ref={input}
        type="file"
        accept="application/json,.json"
        className={css.file}
        tabIndex={-1}
        aria-label={t("statement.file.open")}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          event.currentTarget.value = "";
          if (file) void read(file);
        }}
      />
    </>
  );
}
