import type { Generation } from "@stelai/sdk";
import {
  Copy,
  Ellipsis,
  FileArchive,
  Globe,
  Maximize2,
  RotateCcw,
  Share2,
  ShieldCheck,
  SquareArrowOutUpRight,
  Trash2,
  Wand,
} from "lucide-react";
import { useT } from "../i18n/react.tsx";
import { IconButton } from "../ui/IconButton.tsx";
import { Menu } from "../ui/Menu.tsx";
import type { ResultActs } from "./useResultActs.tsx";

/** All that can be done with a finished result. What costs something says how much. */
export function TileMenu({ generation, acts }: { generation: Generation; acts: ResultActs }) {
  const t = useT();
  const price = acts.price(generation);
  const { seed } = generation.settings;
  return (
    <Menu
      trigger={<IconButton label={t("studio.act.more")} icon={Ellipsis} size="small" />}
      groups={[
        {
          items: acts.isHere(generation)
            ? [
                { label: t("studio.act.vary", { price }), icon: Wand, onSelect: () => acts.vary(generation) },
                { label: t("studio.act.again", { price }), icon: RotateCcw, onSelect: () => acts.again(generation) },
              ]
            : [
                {
                  label: t("studio.act.elsewhere"),
                  icon: SquareArrowOutUpRight,
                  onSelect: () => acts.reuse(generation),
                },
              ],
        },
        {
          items: [
            { label: t("studio.act.large"), icon: Maximize2, onSelect: () => acts.open(generation.id) },
            {
              label: t("studio.act.provenance"),
              icon: ShieldCheck,
              onSelect: () => acts.show("provenance", generation),
            },
            ...(seed === undefined
              ? []
              : [
                  {
                    label: t("studio.act.copySeed", { seed: String(seed) }),
                    icon: Copy,
                    onSelect: () => void acts.copySeed(generation),
                  },
                ]),
            { label: t("studio.act.export"), icon: FileArchive, onSelect: () => void acts.exportAll(generation) },
          ],
        },
        {
          items: [
            { label: t("studio.act.share"), icon: Share2, onSelect: () => acts.show("share", generation) },
            ...(generation.file?.publicCid
              ? []
              : [{ label: t("studio.act.publish"), icon: Globe, onSelect: () => acts.show("publish", generation) }]),
            {
              label: t("studio.act.delete"),
              icon: Trash2,
              danger: true,
              onSelect: () => acts.show("delete", generation),
            },
          ],
        },
      ]}
    />
  );
}
