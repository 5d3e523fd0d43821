import type { Settings } from "@stelai/sdk";
import { useMemo } from "react";
import { formatCount } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import type { MadeModality } from "./modalities.ts";

/** Settings in words, as tiles, cards and summaries show them. */
export interface SettingsWords {
  size(size: string): string;
  seconds(seconds: number): string;
  /** What makes it large, and its quality. */
  extent(modality: MadeModality, settings: Settings): string;
  /** Everything, seed too, by its place. */
  all(settings: Settings): { key: keyof Settings; label: string; value: string }[];
}

export function useSettingsWords(): SettingsWords {
  const t = useT();
  return useMemo(() => {
    const size = (text: string) => {
      const [width = "", height = ""] = text.split("x");
      return t("studio.size.label", { width: formatCount(Number(width)), height: formatCount(Number(height)) });
    };
    const seconds = (value: number) => t("studio.seconds.value", { seconds: formatCount(value) });
    return {
      size,
      seconds,
      extent: (modality, settings) =>
        [
          modality === "Image" && settings.size !== undefined && size(settings.size),
          settings.seconds !== undefined && seconds(settings.seconds),
          modality === "Voice" && t("studio.price.characters", { count: 100 }),
          t(`studio.quality.${settings.quality}`),
        ]
          .filter(Boolean)
          .join(", "),
      all: (settings) => {
        const rows: { key: keyof Settings; label: string; value: string | undefined }[] = [
          { key: "size", label: t("studio.size"), value: settings.size && size(settings.size) },
          {
            key: "seconds",
            label: t("studio.seconds"),
            value: settings.seconds === undefined ? undefined : seconds(settings.seconds),
          },
          { key: "quality", label: t("studio.quality"), value: t(`studio.quality.${settings.quality}`) },
          { key: "voice", label: t("studio.voice"), value: settings.voice },
          {
            key: "speed",
            label: t("studio.speed"),
            value: settings.speed === undefined ? undefined : t("studio.speed.value", { speed: settings.speed }),
          },
          { key: "format", label: t("studio.format"), value: settings.format?.toUpperCase() },
          {
            key: "seed",
            label: t("studio.seed"),
            value: settings.seed === undefined ? undefined : String(settings.seed),
          },
        ];
        return rows.flatMap((row) => (row.value === undefined ? [] : [{ ...row, value: row.value }]));
      },
    };
  }, [t]);
}
