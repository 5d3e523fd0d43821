import { TOP_UP_STATUSES } from "@stelai/sdk";
import { expect } from "chai";
import { RENEWAL_STATUSES } from "../../passes/keeper.ts";
import { wordsOf } from "./words.ts";

describe("A mail that tells why something came to nothing", () => {
  const PASSES = [...RENEWAL_STATUSES.filter((status) => status !== "Due" && status !== "NotDue")];
  const TOP_UPS = TOP_UP_STATUSES.filter((status) => !["Due", "NotAgreed", "BalanceEnough"].includes(status));
  const plans = PASSES.filter((status) => status !== "Suspended" && status !== "NotAllowed");
  for (const [kind, reasons] of [
    ["renewal_failed", PASSES],
    ["plan_refused", [...plans, "Refused"]],
    ["topup_refused", [...TOP_UPS, "TooSmall", "Refused"]],
  ] as const) {
    it(`says every reason of ${kind} in words, and an unknown one as such`, () => {
      const textOf = (reason: string) =>
        wordsOf({ kind, characterId: 7n, workId: null, data: { reason } } as never).text;
      for (const reason of reasons) {
        expect(textOf(reason)).not.to.include(reason).and.not.to.include("not known");
      }
      expect(textOf("<b>")).to.include("the reason is not known").and.not.to.include("<b>");
    });
  }
});
