import type { Hex } from "viem";
import type { StelaiClient } from "../../client.ts";
import { RelayerProtocolError } from "../../errors/relayer.ts";
import { parseWire } from "../../internal/json.ts";
import type { Metered, PassUse } from "../../wire.ts";
import { type ChatParameters, sendChat } from "./prepare.ts";
import { type Charge, hashAnswer, settleAnswer } from "./settleAnswer.ts";

export type ChatReturnType = {
  text: string;
  /** `stop`, `length` (cut at maxTokens) or `content_filter`. */
  finishReason: string;
  /** What it cost; undefined for a free character and under a pass. */
  charge: Charge | undefined;
  /** Where the day's use of the pass stands; undefined when it was not by one. */
  pass: PassUse | undefined;
  /** The idempotency key it was asked under. */
  id: Hex | undefined;
};

type Completion = {
  choices?: { message?: { content?: string | null }; finish_reason?: string | null }[];
  stelai?: Partial<Metered> & { pass?: PassUse };
};

/**
 * Asks a character and waits for the whole answer. Pays from the session: verifies the receipt, signs the voucher.
 * Without one, a client that is signed in (`relayer.signIn`) uses the account's pass.
 * When the operator asks for a voucher first, it is signed and the request repeated once.
 * @throws TermsChangedError when the prices rose: show `agreed` → `current` and ask again; MaxCostExceededError,
 * TabExhaustedError, DailyLimitReachedError, ReceiptRefusedError, UpstreamFailedError and other RelayerErrors; without a
 * session PaymentRequiredError, and PassQuotaExhaustedError when the pass is used up for today: a tab may pay then.
 *
 * @example
 * ```ts
 * const { text, charge } = await stelai.generate.chat({
 *   session, characterId: 1n, messages: [{ role: "user", content: "Who are you?" }], maxTokens: 200,
 * });
 * ```
 */
export async function chat(client: StelaiClient, parameters: ChatParameters): Promise<ChatReturnType> {
  const { session } = parameters;
  const end = session?.begin();
  try {
    const { response, pending } = await sendChat(client, parameters, false);
    let completion: Completion;
    try {
      completion = parseWire<Completion>(await response.text());
    } catch (error) {
      session?.missed();
      throw error;
    }
    end?.();
    const choice = completion.choices?.[0];
    const text = choice?.message?.content ?? "";
    const { pass, receipt, base } = completion.stelai ?? {};
    const answer = { text, finishReason: choice?.finish_reason ?? "stop", id: pending?.request.id, pass };
    if (!session || !pending) return { ...answer, charge: undefined };
    if (!receipt || base === undefined) throw new RelayerProtocolError("a paid answer came without a receipt");
    return { ...answer, charge: await settleAnswer(session, pending, { receipt, base }, hashAnswer(text)) };
  } finally {
    end?.();
  }
}
