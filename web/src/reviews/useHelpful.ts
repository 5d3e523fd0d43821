import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Address } from "viem";
import { useSignIn } from "../access/SignInProvider.tsx";
import { StoppedError } from "../wallet/errors.ts";
import { useWallet } from "../wallet/WalletProvider.tsx";
import type { ReviewSubject } from "./subject.ts";

/** Who finds which reviews of a subject helpful, as the operator counts; and one's own say in it. */
export interface Helpful {
  countOf: (author: Address) => number;
  isMine: (author: Address) => boolean;
  /** Asks for a sign-in where it is missing. */
  toggle: (author: Address) => void;
  isBusy: boolean;
  failedFor: (author: Address) => boolean;
}

/** Votes for reviews of a character or a work. Without the operator there are none, and the reviews stand all the same. */
export function useHelpful({ kind, id }: ReviewSubject): Helpful {
  const stelai = useStelai();
  const cache = useQueryClient();
  const { address } = useWallet();
  const { status, require } = useSignIn();
  const subject = `${kind}:${id}` as const;
  const queryKey = stelaiKey(stelai, "votes", subject, status === "in" ? address : undefined);
  const { data } = useQuery({
    queryKey,
    queryFn: ({ signal }) => stelai.reviews.getVotes({ subject, signal }),
    enabled: status !== "loading",
    staleTime: 30_000,
  });
  const same = (a: Address, b: Address) => a.toLowerCase() === b.toLowerCase();
  const isMine = (author: Address) => data?.mine?.some((one) => same(one, author)) ?? false;
  const vote = useMutation({
    mutationFn: async (author: Address) => {
      await require("signIn.why.helpful");
      // What stands is known only once it is known who asks.
      const { mine } = await stelai.reviews.getVotes({ subject });
      const stands = mine?.some((one) => same(one, author)) ?? false;
      if (stands === isMine(author)) await stelai.reviews.setHelpful({ subject, author, helpful: !stands });
    },
    onSettled: () => cache.invalidateQueries({ queryKey: stelaiKey(stelai, "votes", subject) }),
  });
  return {
    countOf: (author) => data?.votes.find((one) => same(one.author, author))?.helpful ?? 0,
    isMine,
    toggle: (author) => vote.mutate(author),
    isBusy: vote.isPending,
    failedFor: (author) => vote.error !== null && !(vote.error instanceof StoppedError) && vote.variables === author,
  };
}
