/** Traffic of single payments by x402: a call and a pass that an operator settled, and one that a stranger sent. */
import { operatorReceiverAbi } from "@stelai/sdk/abis";
import { createWalletClient, type Hex, http, toHex, zeroAddress } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { hardhat } from "viem/chains";
import { publish } from "./sharing.ts";
import type { World } from "./world.ts";

const CREDIT = 10n ** 18n;
const WEI_PER_MICROCREDIT = 10n ** 12n;
const AMPLE = { gas: 1_000_000n };
const TYPES = {
  TransferWithAuthorization: [
    { name: "from", type: "address" },
    { name: "to", type: "address" },
    { name: "value", type: "uint256" },
    { name: "validAfter", type: "uint256" },
    { name: "validBefore", type: "uint256" },
    { name: "nonce", type: "bytes32" },
  ],
} as const;

/** All of it, by somebody new and to a character of its own: who has passes of the others stays as it was. */
export async function paymentTraffic(w: World): Promise<void> {
  const { Characters, OperatorReceivers, Stelai } = w.contracts;
  const read = w.publicClient.readContract;
  const receiverOf = () => read({ ...OperatorReceivers, functionName: "receiverOf", args: [w.operator.address] });
  if ((await receiverOf()) === zeroAddress) {
    const args = [w.operator.address] as const;
    await w.mined(w.carol.wallet.writeContract({ ...AMPLE, ...OperatorReceivers, functionName: "create", args }));
  }
  const receiver = { abi: operatorReceiverAbi, address: await receiverOf() };
  const character = await publish(w, 1);
  const payer = privateKeyToAccount(generatePrivateKey());
  const give = [payer.address, 500n * CREDIT] as const;
  await w.mined(w.alice.wallet.writeContract({ ...AMPLE, ...Stelai, functionName: "transfer", args: give }));

  const sign = async (value: bigint) => {
    const message = {
      ...{ from: payer.address, to: receiver.address, value, validAfter: 0n, validBefore: (await w.now()) + 3_600n },
      nonce: generatePrivateKey(),
    };
    const domain = {
      ...{ name: "Stelai", version: "1", chainId: hardhat.id, verifyingContract: Stelai.address },
    };
    const signature = await payer.signTypedData({
      ...{ domain, types: TYPES, primaryType: "TransferWithAuthorization", message },
    });
    return { ...message, signature };
  };
  const settle = async (value: bigint, lines: { characterId: bigint; amount: bigint }[], passOf: bigint) => {
    const args = [await sign(value), lines, passOf] as const;
    await w.mined(w.operator.wallet.writeContract({ ...AMPLE, ...receiver, functionName: "settle", args }));
  };

  const call = [
    { characterId: character, amount: 2n * CREDIT },
    { characterId: 0n, amount: CREDIT / 2n },
  ];
  await settle((5n * CREDIT) / 2n, call, 0n);
  const [{ lifetime }] = await read({ ...Characters, functionName: "termsOf", args: [character] });
  const own = [{ characterId: 0n, amount: CREDIT / 4n }];
  await settle(BigInt(lifetime) * WEI_PER_MICROCREDIT + CREDIT / 4n, own, character);

  const sent = await sign(3n * CREDIT);
  const { from, to, value, validAfter, validBefore, nonce, signature } = sent;
  const stranger = privateKeyToAccount(generatePrivateKey());
  await w.chain.request("hardhat_setBalance", [stranger.address, toHex(10n ** 19n)]);
  const wallet = createWalletClient({ account: stranger, chain: hardhat, transport: http(w.chain.rpcUrl) });
  const args = [from, to, value, validAfter, validBefore, nonce, signature] as const;
  const hash: Promise<Hex> = wallet.writeContract({
    ...{ ...AMPLE, ...Stelai, functionName: "transferWithAuthorization", args },
  });
  await w.mined(hash);
  const lines = [value, [{ characterId: character, amount: value }], 0n, zeroAddress] as const;
  await w.mined(w.operator.wallet.writeContract({ ...AMPLE, ...receiver, functionName: "distribute", args: lines }));
}
