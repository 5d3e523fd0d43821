import { NotSignedInError } from "@stelai/sdk";
import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { useQueryClient } from "@tanstack/react-query";
import {
  createContext,
  lazy,
  type ReactNode,
  Suspense,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import type { Address } from "viem";
import type { MessageId } from "../locales/en/index.ts";
import { StoppedError } from "../wallet/errors.ts";
import { useWallet } from "../wallet/WalletProvider.tsx";
import { forgetSignIn, resumeSignIn } from "./signInStore.ts";

const SignInSheet = lazy(() => import("./SignInSheet.tsx"));

export interface SignInControl {
  /** `loading` until it is known whether this browser keeps a sign-in of the account; `out` without a wallet too. */
  readonly status: "loading" | "in" | "out";
  /**
   * Makes sure of a sign-in with the operator, asking for a wallet and for one signature where they are missing. The
   * act that needed it then continues.
   * @param why What it is needed for, said first.
   * @throws StoppedError when the person closed a dialog instead.
   */
  require(why: MessageId): Promise<void>;
  /** Forgets a sign-in that the relayer no longer accepts. @returns Whether the error says so. */
  dropAfter(error: unknown): boolean;
  /** Forgets it. */
  drop(): void;
}

const SignInContext = createContext<SignInControl | undefined>(undefined);

interface Asking {
  readonly why: MessageId;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** The sign-in of the connected account with this operator: once in 30 days, at the first act that needs it. */
export function SignInProvider({ children }: { children: ReactNode }) {
  const stelai = useStelai();
  const queries = useQueryClient();
  const wallet = useWallet();
  const { address } = wallet;
  const [known, setKnown] = useState<{ stelai: typeof stelai; address: Address; isIn: boolean }>();
  const [asking, setAsking] = useState<Asking>();
  const current = useRef(stelai);
  current.current = stelai;

  useEffect(() => {
    let gone = false;
    if (!address) return undefined;
    void resumeSignIn(stelai, address).then((found) => {
      if (gone) return;
      setKnown((before) => ({ stelai, address, isIn: found || (before?.address === address && before.isIn) }));
    });
    return () => {
      gone = true;
    };
  }, [stelai, address]);

  // The client is made anew while a wallet settles in. That is no other account: a sheet that asks stays as it is.
  const isKnown = known && (known.stelai === stelai || (asking !== undefined && known.address === address));
  const status = !address ? "out" : !isKnown ? "loading" : known.isIn ? "in" : "out";
  // What only an account may see is gone with it, and comes with it.
  const seenBy = useRef<string>(undefined);
  const sees = status === "in" ? address : undefined;
  useEffect(() => {
    if (status === "loading" || seenBy.current === sees) return;
    const before = seenBy.current;
    seenBy.current = sees;
    for (const kind of ["model", "models"]) {
      const queryKey = stelaiKey(current.current, kind);
      void (before === undefined ? queries.invalidateQueries({ queryKey }) : queries.resetQueries({ queryKey }));
    }
  }, [status, sees, queries]);

  const require = useCallback(
    async (why: MessageId) => {
      await wallet.require();
      await new Promise<void>((resolve, reject) => setAsking({ why, resolve, reject }));
    },
    [wallet.require],
  );
  const drop = useCallback(() => {
    const { client } = current.current;
    if (client.signIn.address) void forgetSignIn(current.current, client.signIn.address);
    setKnown((before) => before && { ...before, isIn: false });
  }, []);
  const dropAfter = useCallback(
    (error: unknown) => {
      if (!(error instanceof NotSignedInError)) return false;
      drop();
      return true;
    },
    [drop],
  );

  // Right after a wallet was connected it is still being read whether there is a sign-in of it.
  useEffect(() => {
    if (!asking || status !== "in") return;
    setAsking(undefined);
    asking.resolve();
  }, [asking, status]);

  const control = useMemo<SignInControl>(
    () => ({ status, require, drop, dropAfter }),
    [status, require, drop, dropAfter],
  );
  return (
    <SignInContext.Provider value={control}>
      {children}
      {asking && status === "out" && address && (
        <Suspense>
          <SignInSheet
            why={asking.why}
            onClose={() => {
              setAsking(undefined);
              asking.reject(new StoppedError("the sign-in was closed"));
            }}
            onDone={() => setKnown({ stelai: current.current, address, isIn: true })}
          />
        </Suspense>
      )}
    </SignInContext.Provider>
  );
}

/** Whether the account is signed in with the operator, and how to ask for it. */
export function useSignIn(): SignInControl {
  const control = useContext(SignInContext);
  if (!control) throw new Error("useSignIn outside of SignInProvider");
  return control;
}
