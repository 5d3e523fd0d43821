import type { OperatorInfo, Stelai } from "@stelai/sdk";
import { type Address, isAddressEqual } from "viem";
import type { Context } from "../context.ts";
import { CommandError } from "../failures.ts";
import type { OperatorReference } from "../files/character.ts";

/** An operator that may serve: with its relayer's URL, it can be given what it needs for that. */
export type NamedOperator = { address: Address; relayerUrl: string | undefined };

/** Who stands behind the references; a relayer is asked, and held against the deployment. */
export async function resolveOperators(
  context: Context,
  references: readonly OperatorReference[],
): Promise<NamedOperator[]> {
  const found: NamedOperator[] = [];
  for (const reference of references) {
    const one =
      "address" in reference
        ? { address: reference.address, relayerUrl: undefined }
        : { address: (await operatorAt(context, reference.relayerUrl)).operator, relayerUrl: reference.relayerUrl };
    const same = found.find(({ address }) => isAddressEqual(address, one.address));
    if (same === undefined) found.push(one);
    else if (same.relayerUrl === undefined) same.relayerUrl = one.relayerUrl;
  }
  return found;
}

/** Who runs the relayer at a URL, on this deployment. */
export async function operatorAt(context: Context, relayerUrl: string): Promise<OperatorInfo> {
  return (await context.reader(relayerUrl)).relayer.getOperator();
}

/**
 * Stelai through one operator's relayer, signed in there. The message names the host of this relayer alone: what another
 * operator got of it would be refused here, and the other way round.
 */
export async function signedInAt(context: Context, relayerUrl: string): Promise<Stelai> {
  const stelai = await context.stelai(relayerUrl);
  const { host: domain, origin: uri } = new URL(relayerUrl);
  try {
    await stelai.relayer.signIn({ domain, uri, statement: "Sign in to Stelai from the command line." });
  } catch (error) {
    if (error instanceof Error && error.name === "NotSignedInError") {
      throw new CommandError(
        `The relayer at ${relayerUrl} refused the sign-in: ${error.message} ` +
          "A command line signs in at the address that the operator names as its own (PUBLIC_URL): use that one.",
        { cause: error },
      );
    }
    throw error;
  }
  return stelai;
}
