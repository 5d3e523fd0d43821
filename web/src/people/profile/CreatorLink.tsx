import type { Address } from "viem";
import { useT } from "../../i18n/react.tsx";
import { Link } from "../../ui/Link.tsx";
import { useNameOfPerson } from "../names.ts";

/** Who made a character, leading to their profile: by the name that their card says, or else their own. */
export function CreatorLink({
  owner,
  name,
  className,
}: {
  owner: Address;
  name?: string | undefined;
  className?: string | undefined;
}) {
  const t = useT();
  const known = useNameOfPerson(name ? undefined : owner);
  return (
    <Link href={`/people/${owner}`} look="plain" className={className}>
      {t("chat.by", { creator: name ?? known })}
    </Link>
  );
}
