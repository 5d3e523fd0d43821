import { useStelai } from "@stelai/sdk/react";
import { useEffect } from "react";
import { useSignIn } from "../../access/SignInProvider.tsx";
import { onWritten } from "../../chat/changes.ts";
import { useWallet } from "../../wallet/WalletProvider.tsx";
import { syncChanged } from "./store.ts";
import { useHistory } from "./useHistory.ts";

/** How long a conversation rests before it is sent. */
const REST_MS = 3_000;

/** Keeps conversations the same on all browsers where it was turned on, while the page is open. Draws nothing. */
export default function HistorySync() {
  const stelai = useStelai();
  const { address } = useWallet();
  const { dropAfter } = useSignIn();
  const { key, sync } = useHistory();
  useEffect(() => {
    if (sync.error) dropAfter(sync.error);
  }, [sync.error, dropAfter]);
  useEffect(() => {
    if (!key || !address) return undefined;
    const waiting = new Map<string, ReturnType<typeof setTimeout>>();
    const end = onWritten((characterId) => {
      clearTimeout(waiting.get(characterId));
      const send = () => {
        waiting.delete(characterId);
        // What cannot be sent now is sent, and its failure told, with everything else a little later.
        void syncChanged(stelai, address, characterId).catch(() => undefined);
      };
      waiting.set(characterId, setTimeout(send, REST_MS));
    });
    return () => {
      end();
      for (const timer of waiting.values()) clearTimeout(timer);
    };
  }, [stelai, address, key]);
  return null;
}
