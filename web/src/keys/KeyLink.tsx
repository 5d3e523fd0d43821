import "./words.ts";
import { useT } from "../i18n/react.tsx";
import { Link } from "../ui/Link.tsx";

/** The way to one's API keys. */
export default function KeyLink() {
  const t = useT();
  return <Link href="/keys">{t("keys.title")}</Link>;
}
