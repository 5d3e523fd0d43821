/**
 * The well-known accounts of local chains ("test test … junk"), one for each part in the local stack.
 * Their keys are public: nothing of worth may ever be sent to them.
 */
import type { Address, Hex } from "viem";
import { mnemonicToAccount } from "viem/accounts";
import { bytesToHex } from "viem/utils";

export type LocalAccount = { name: string; address: Address; privateKey: Hex };

function account(index: number, name: string): LocalAccount {
  const derived = mnemonicToAccount("test test test test test test test test test test test junk", {
    addressIndex: index,
  });
  const key = derived.getHdKey().privateKey;
  if (!key) throw new Error(`account ${index} has no key`);
  return { name, address: derived.address, privateKey: bytesToHex(key) };
}

/** Deploys, and holds every role. */
export const DEPLOYER = account(0, "Deployer");
/** Runs the relayer. */
export const OPERATOR = account(1, "Operator");
/** Receives commission and surplus. */
export const TREASURY = account(2, "Treasury");
/** Publish the demo characters; the last two share one. */
export const CREATORS = [
  account(3, "Creator 1"),
  account(4, "Creator 2"),
  account(5, "Creator 3"),
  account(6, "Creator 4"),
];
/** Publish the demo tools, beside the treasury. */
export const MODEL_CREATORS = [
  account(11, "Model creator 1"),
  account(12, "Model creator 2"),
  account(13, "Model creator 3"),
];
/** Hold roles on a local chain beside the deployer, so that their desks can be tried. */
export const DESK_ACCOUNTS = {
  MODERATOR: account(14, "Moderator"),
  RESOLVER: account(15, "Resolver"),
  ADMIN: account(17, "Admin"),
};
/** Signs what contributors are granted; the relayer holds its key. */
export const CONTRIBUTIONS = account(16, "Contributions");
/** What the demo wallet offers: three who have only test dollars, one who has been here before, and three at desks. */
export const DEMO_ACCOUNTS = [
  account(7, "Visitor"),
  account(8, "Creator"),
  account(9, "Newcomer"),
  account(10, "Regular"),
  DESK_ACCOUNTS.MODERATOR,
  DESK_ACCOUNTS.RESOLVER,
  DESK_ACCOUNTS.ADMIN,
];
