import { readFileSync } from "node:fs";
import { expect } from "chai";
import { type MoneyMoved, RELAYER_ERROR_CODES, RELAYER_ERRORS, RelayerError, relayerErrorOf } from "./index.ts";

/** Every code of docs/PROTOCOL.md, "Errors", and what it says of a request that was signed. */
const CODES: Readonly<Record<MoneyMoved, readonly string[]>> = {
  no: [
    ...["invalid_json", "invalid_request", "invalid_payment", "invalid_session", "not_signed_in", "payment_required"],
    ...["tab_exhausted", "voucher_required", "blocked", "not_owner", "model_not_found", "tab_not_found", "not_found"],
    ...["terms_changed", "max_cost_too_low", "voucher_stale", "request_differs", "tab_closed", "tab_expired"],
    ...["body_too_large", "voucher_refused", "sponsor_refused", "daily_limit_reached", "history_conflict"],
    ...["unsupported_file", "unreadable_file", "character_suspended", "rate_limited", "pass_quota_exhausted"],
    ...["not_licensed", "not_moderator", "not_deposited", "not_final", "unfit_file"],
    ...["invalid_address", "too_many_generations", "storage_full", "bonus_on_own_character", "contribution_refused"],
    ...["upstream_refused", "upstream_failed", "upstream_timeout"],
    ...["invalid_api_key", "expired_api_key", "insufficient_quota", "too_many_keys", "wrong_tab"],
  ],
  yes: ["upstream_cut"],
  unknown: [
    ...["request_in_progress", "unavailable"],
    ...["generation_not_found", "generation_not_finished", "generation_ended"],
  ],
};

const money = (code: string, status = 400, more = RELAYER_ERRORS) =>
  relayerErrorOf({ code, message: "words" }, status, more).moneyMoved;

describe("An error of the relayer", () => {
  it("says for every code of the protocol whether money moved", () => {
    const text = readFileSync(new URL("../../../docs/PROTOCOL.md", import.meta.url), "utf8");
    const rows = text.slice(text.indexOf("## Errors"), text.indexOf("## One paid inference")).split("\n");
    const named = rows
      .filter((row) => /^\| \d{3} /.test(row))
      .flatMap((row) => [...(row.split("|")[2] ?? "").matchAll(/`(\w+)`/g)].map(([, code]) => code));
    const known = Object.values(CODES).flat();
    expect(named.length).to.be.greaterThan(40);
    // What goes wrong unexpectedly has no class of its own.
    expect(known).to.include.members(named.filter((code) => code !== "internal"));
    expect(known).to.have.members(RELAYER_ERROR_CODES);
    for (const [moved, codes] of Object.entries(CODES))
      for (const code of codes) expect(money(code), code).to.equal(moved);
  });

  it("does not know whether money moved when its code is none of the protocol, or none of the endpoint", () => {
    for (const [status, code] of [
      [500, "internal"],
      [503, "interrupted"],
      [418, "toString"],
    ] as const) {
      expect(money(code, status), code).to.equal("unknown");
    }
    expect(money("storage_full", 507, {})).to.equal("unknown");
    expect(relayerErrorOf({ code: "internal", message: "" }, 500)).to.be.instanceOf(RelayerError);
  });

  it("does not know whether money moved when it breaks off a stream: something was delivered by then", () => {
    expect(money("upstream_failed", 0)).to.equal("unknown");
    expect(money("upstream_cut", 0)).to.equal("yes");
  });
});
