import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { useQuery } from "@tanstack/react-query";
import { useSignIn } from "../access/SignInProvider.tsx";
import { useWallet } from "../wallet/WalletProvider.tsx";
import type { KnownPerson } from "./shares.ts";

const NOBODY: readonly KnownPerson[] = [];

/** Whom one follows and who chose a name: their names can be typed in place of an address. */
export function useKnownPeople(): readonly KnownPerson[] {
  const stelai = useStelai();
  const { status } = useSignIn();
  const { address } = useWallet();
  const { data } = useQuery({
    queryKey: stelaiKey(stelai, "knownPeople", address),
    enabled: status === "in",
    staleTime: 60_000,
    queryFn: async () => {
      const profiles = await stelai.relayer.listFollows();
      return profiles.flatMap(({ address: of, name, ens }) =>
        [name, ens].flatMap((each) => (each ? [{ address: of, name: each }] : [])),
      );
    },
  });
  return data ?? NOBODY;
}
