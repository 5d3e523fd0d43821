import "./buyingWords.ts";
import { useInvalidate } from "@stelai/sdk/react";
import { useMutation } from "@tanstack/react-query";
import { createWalletClient, http, parseAbi, parseEther } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { waitForTransactionReceipt } from "viem/actions";
import { useAppConfig } from "../config/ConfigContext.ts";
import { useT } from "../i18n/react.tsx";
import { Button } from "../ui/Button.tsx";
import { chainOf } from "../wallet/chain.ts";
import { useWallet } from "../wallet/WalletProvider.tsx";

const FAUCET = parseAbi(["function mint(address to, uint256 amount)"]);
/** 100 USDC. */
const AMOUNT = 100_000_000n;

/** On a local chain: test USDC and ETH for whatever wallet is connected, from a well-known test account. */
export function TestMoney() {
  const t = useT();
  const config = useAppConfig();
  const invalidate = useInvalidate();
  const { address } = useWallet();
  const [giver] = config.chain.demoAccounts;
  const give = useMutation({
    mutationFn: async () => {
      if (!giver || !address) return;
      const chain = chainOf(config);
      const account = privateKeyToAccount(giver.privateKey);
      const wallet = createWalletClient({ chain, transport: http(config.chain.rpcUrl), account });
      const call = { address: config.contracts.Reserve, abi: FAUCET, functionName: "mint" } as const;
      const minted = await wallet.writeContract({ ...call, args: [address, AMOUNT] });
      await waitForTransactionReceipt(wallet, { hash: minted });
      const sent = await wallet.sendTransaction({ to: address, value: parseEther("0.1") });
      await waitForTransactionReceipt(wallet, { hash: sent });
      await invalidate();
    },
  });
  if (!config.chain.isLocal || !giver) return null;
  return (
    <Button size="small" disabled={give.isPending} onClick={() => give.mutate()}>
      {give.isPending ? t("credits.test.sending") : t("credits.test.get")}
    </Button>
  );
}
