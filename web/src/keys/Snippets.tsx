import { useModels } from "@stelai/sdk/react";
import { useAppConfig } from "../config/ConfigContext.ts";
import { useT } from "../i18n/react.tsx";
import { CopyButton } from "../ui/CopyButton.tsx";
import { Tabs } from "../ui/Tabs.tsx";
import css from "./Keys.module.css";
import { PROGRAMS, snippetOf } from "./snippets.ts";

/** Where programs are told to ask. */
export function useBaseUrl(): string {
  return `${useAppConfig().relayerUrl.replace(/\/$/, "")}/v1`;
}

/** What a program needs, ready to copy, with the operator's own address and a character that answers there. */
export function Snippets({ apiKey }: { apiKey: string }) {
  const t = useT();
  const baseUrl = useBaseUrl();
  const models = useModels({ staleTime: 60_000 });
  const chats = models.data?.find(({ stelai }) => stelai.modality === "Chat" && !stelai.free);
  const facts = { baseUrl, key: apiKey, model: chats?.id ?? "stelai-1" };
  return (
    <Tabs
      label={t("keys.use.label")}
      tabs={PROGRAMS.map((program) => {
        const what = t("keys.use.code", { what: t(`keys.use.${program}`) });
        const text = snippetOf(program, facts);
        return {
          id: program,
          label: t(`keys.use.${program}`),
          content: (
            <div className={css.code}>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard */}
              <section tabIndex={0} aria-label={what}>
                <pre translate="no">{text}</pre>
              </section>
              <CopyButton text={text} what={what} />
            </div>
          ),
        };
      })}
    />
  );
}
