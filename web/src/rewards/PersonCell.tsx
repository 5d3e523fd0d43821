import type { NamedAccount } from "@stelai/sdk";
import { getAddress } from "viem";
import { shorten } from "../format/hash.ts";
import { Avatar } from "../ui/Avatar.tsx";
import { Link } from "../ui/Link.tsx";
import css from "./Books.module.css";

/** An account in a table, by the name of its profile, leading to it. */
export function PersonCell({ account: { address, name } }: { account: NamedAccount }) {
  // The index has addresses in small letters; everywhere else they are written with their checksum.
  const written = getAddress(address);
  return (
    <span className={css.person}>
      <Avatar id={address.toLowerCase()} size={28} />
      <Link href={`/people/${written}`} translate="no">
        {name ?? shorten(written)}
      </Link>
    </span>
  );
}
