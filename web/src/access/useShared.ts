import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useWallet } from "../wallet/WalletProvider.tsx";
import { useSignIn } from "./SignInProvider.tsx";

/** The private characters that the account may use with this operator; nothing is asked before it is signed in. */
export function useShared() {
  const stelai = useStelai();
  const { address } = useWallet();
  const { status, dropAfter } = useSignIn();
  const shared = useQuery({
    queryKey: stelaiKey(stelai, "shared", address),
    queryFn: () => stelai.relayer.listShared(),
    enabled: status === "in",
    staleTime: 15_000,
  });
  useEffect(() => {
    if (shared.error) dropAfter(shared.error);
  }, [shared.error, dropAfter]);
  return shared;
}
