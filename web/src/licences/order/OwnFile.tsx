import "../words.ts";
import { Download } from "lucide-react";
import { useT } from "../../i18n/react.tsx";
import { Button } from "../../ui/Button.tsx";
import { useFile } from "../useFile.ts";
import { FileState } from "./FileState.tsx";

/** For its owner: a work's file, fetched, opened and held against the chain. */
export default function OwnFile({ workId, title }: { workId: bigint; title: string }) {
  const t = useT();
  const { state, download } = useFile({ token: { workId }, title });
  return (
    <>
      <Button size="small" icon={Download} disabled={state.at === "fetching"} onClick={() => void download()}>
        {t("file.download")}
      </Button>
      <FileState state={state} onAgain={() => void download()} />
    </>
  );
}
