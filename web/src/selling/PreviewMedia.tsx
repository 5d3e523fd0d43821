import { useStelai } from "@stelai/sdk/react";
import type { Deposit } from "@stelai/sdk/wire";
import { useT } from "../i18n/react.tsx";
import css from "./Selling.module.css";

export interface PreviewMediaProps {
  title: string;
  of: { readonly preview: Deposit["preview"] | null; readonly poster?: Deposit["preview"] | null | undefined };
}

/** What anyone may see or hear of a work: small and marked, of a video or a sound only the beginning. */
export function PreviewMedia({ title, of: { preview, poster } }: PreviewMediaProps) {
  const t = useT();
  const { characters } = useStelai();
  if (!preview) return <div className={css.noPreview}>{t("sell.noPreview")}</div>;
  const src = characters.gatewayUrl(preview.uri);
  const { width, height, mediaType } = preview;
  const size = width && height ? { width, height } : {};
  if (mediaType.startsWith("image/")) {
    return <img className={css.media} src={src} alt={t("sell.previewOf", { title })} translate="no" {...size} />;
  }
  const label = { "aria-label": t("sell.previewOf", { title }) };
  return mediaType.startsWith("video/") ? (
    <video
      className={css.media}
      src={src}
      controls
      playsInline
      preload="metadata"
      {...(poster && { poster: characters.gatewayUrl(poster.uri) })}
      {...size}
      {...label}
    />
  ) : (
    <audio className={css.audio} src={src} controls preload="metadata" {...label} />
  );
}
