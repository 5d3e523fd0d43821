import type { Generation } from "@stelai/sdk";
import { useEffect, useRef, useState } from "react";
import { useT } from "../i18n/react.tsx";

/** Says what ended while this page is open, once: for a polite live region. Empty until something does. */
export function useAnnouncement(news: Generation | undefined): string {
  const t = useT();
  const first = useRef(news);
  const [said, setSaid] = useState("");
  useEffect(() => {
    if (!news || news === first.current || news.status === "cancelled" || news.modality === "Chat") return;
    const prompt = news.prompt.slice(0, 80);
    setSaid(
      news.status === "completed" ? t(`studio.ready.${news.modality}`, { prompt }) : t("studio.notReady", { prompt }),
    );
  }, [news, t]);
  return said;
}
