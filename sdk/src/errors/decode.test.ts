import { readFileSync } from "node:fs";
import { expect } from "chai";
import {
  type Abi,
  BaseError,
  ContractFunctionRevertedError,
  encodeErrorResult,
  type Hex,
  HttpRequestError,
  UserRejectedRequestError as ViemRejectedError,
} from "viem";
import * as abis from "../generated/abis.ts";
import { errorsAbi } from "../generated/errors.ts";
import { accessManagerErrors } from "./accessManagerAbi.ts";
import * as errors from "./index.ts";

type AbiError = Extract<Abi[number], { type: "error" }>;

const generated: AbiError[] = Object.values(abis).flatMap((abi) =>
  (abi as readonly { type: string }[]).filter((item): item is AbiError => item.type === "error"),
);
const items: AbiError[] = [...generated, ...accessManagerErrors];

/** Some value of a Solidity type. */
function sample(type: string): unknown {
  if (type === "address") return "0x00000000000000000000000000000000000000A1";
  if (type === "string") return "words";
  if (type === "bytes32") return `0x${"0c".repeat(32)}`;
  if (type === "bytes4") return "0x0c0c0c0c";
  return Number(/\d+/.exec(type)?.[0] ?? 256) > 48 ? 7n : 7;
}

const signatureOf = (item: AbiError): string => `${item.name}(${item.inputs.map(({ type }) => type)})`;

const dataOf = (item: AbiError): Hex =>
  encodeErrorResult({ abi: [item], errorName: item.name, args: item.inputs.map(({ type }) => sample(type)) });

describe("Every custom error of every contract", () => {
  it("has a class of its own, and its arguments under their names", () => {
    for (const item of items) {
      const error = errors.decodeRevert(dataOf(item));
      expect(error, item.name).to.be.instanceOf(errors.ContractError);
      if (!(error instanceof errors.ContractError)) return;
      expect(error.contractError).to.equal(item.name);
      expect(error.name).to.equal(`${item.name}Error`);
      const alike = items.filter((one) => signatureOf(one) === signatureOf(item));
      // Two contracts may name the arguments of one error each in its way: its data cannot say which contract it was.
      const names = alike.map(({ inputs }) => inputs.map(({ name }) => name));
      expect(names).to.deep.include(Object.keys(error.args));
      expect(error.constructor).to.equal((errors as Record<string, unknown>)[`${item.name}Error`]);
    }
  });

  it("says what happened, that no money moved, and what to do", () => {
    for (const item of items) {
      const { message, what, remedy, moneyMoved } = errors.decodeRevert(dataOf(item));
      expect(message).to.equal(`${what} No money moved. ${remedy}`);
      expect(message, item.name).to.not.match(/undefined|\[object/);
      expect(moneyMoved).to.equal("no");
    }
  });

  it("is among those that a revert is decoded with", () => {
    const known = new Set(errorsAbi.map(({ name }) => name));
    expect(generated.filter(({ name }) => !known.has(name as never))).to.deep.equal([]);
  });
});

describe("What is thrown", () => {
  const data = encodeErrorResult({ abi: abis.creditStoreAbi, errorName: "PackageNotForSale", args: [9n] });

  it("is found however deep a client buried the revert", () => {
    const reverted = new ContractFunctionRevertedError({ abi: [], data, functionName: "buy" });
    const viem = new BaseError("outer", { cause: new BaseError("inner", { cause: reverted }) });
    const ethers = Object.assign(new Error("call"), { code: "CALL_EXCEPTION", data });
    const wallet = { code: -32603, message: "Internal JSON-RPC error.", data: { code: 3, message: "reverted", data } };
    for (const error of [viem, ethers, wallet, { info: { error: { data } } }]) {
      const decoded = errors.decodeError(error);
      expect(decoded).to.be.instanceOf(errors.PackageNotForSaleError);
      expect(decoded).to.have.nested.property("args.packageId", 9n);
    }
  });

  it("is a typed error for a refusal in the wallet, no ETH, another chain, or no node", () => {
    const cases: [unknown, unknown][] = [
      [new ViemRejectedError(new Error("denied")), errors.UserRejectedError],
      [{ code: 4001 }, errors.UserRejectedError],
      [{ code: "ACTION_REJECTED" }, errors.UserRejectedError],
      [{ name: "ChainMismatchError", currentChainId: 1 }, errors.WrongChainError],
      [{ name: "InsufficientFundsError" }, errors.InsufficientEthError],
      [new Error("Sender doesn't have enough funds to send tx."), errors.InsufficientEthError],
      [new HttpRequestError({ url: "http://127.0.0.1:1" }), errors.ChainUnreachableError],
      [new DOMException("stopped", "AbortError"), errors.AbortedError],
      [{ name: "WaitForTransactionReceiptTimeoutError" }, errors.TransactionUnseenError],
      [new Error("odd"), errors.UnexpectedError],
      ["odd", errors.UnexpectedError],
      [null, errors.UnexpectedError],
    ];
    for (const [thrown, expected] of cases) {
      expect(errors.decodeError(thrown)).to.be.instanceOf(expected as new () => Error);
    }
  });

  it("stays itself when it is typed already, also as a cause", () => {
    const typed = new errors.WalletRequiredError();
    expect(errors.decodeError(typed)).to.equal(typed);
    expect(errors.decodeError(new Error("outer", { cause: typed }))).to.equal(typed);
  });

  it("is read in the words of stablecoins that have no custom errors", () => {
    const words = (reason: string) =>
      errors.decodeRevert(
        encodeErrorResult({
          abi: [{ type: "error", name: "Error", inputs: [{ name: "reason", type: "string" }] }],
          args: [reason],
        }),
      );
    expect(words("ERC20: transfer amount exceeds balance")).to.be.instanceOf(errors.ERC20InsufficientBalanceError);
    expect(words("ERC20: transfer amount exceeds allowance")).to.be.instanceOf(errors.ERC20InsufficientAllowanceError);
    expect(words("FiatTokenV2: authorization is used or canceled")).to.be.instanceOf(
      errors.ERC3009UsedAuthorizationError,
    );
    expect(words("Blacklistable: account is blacklisted")).to.be.instanceOf(errors.ContractRevertedError);
    expect(errors.decodeRevert("0xdeadbeef")).to.be.instanceOf(errors.ContractRevertedError);
  });
});

describe("A relayer's error", () => {
  it("is known for every code that the protocol names", () => {
    const protocol = readFileSync(new URL("../../../docs/PROTOCOL.md", import.meta.url), "utf8");
    const table = protocol.match(/^\| [45]\d\d \| [^|]*/gm) ?? [];
    const codes = table.flatMap((row) => [...row.matchAll(/`(\w+)`/g)].map(([, code]) => code));
    expect(codes).to.have.length.greaterThan(25);
    expect([...errors.RELAYER_ERROR_CODES].sort()).to.deep.equal(codes.sort());
  });

  it("has a class for every code of the protocol, and keeps what it carries", () => {
    for (const code of errors.RELAYER_ERROR_CODES) {
      const error = errors.relayerErrorOf(
        { code, message: "Words.", stelai: { available: 5n } },
        402,
        errors.RELAYER_ERRORS,
      );
      expect(error.constructor, code).to.not.equal(errors.RelayerError);
      expect(error).to.include({ code, status: 402, message: "Words." });
      expect(error.amount("available")).to.equal(5n);
    }
  });

  it("is a plain one for a code it does not know", () => {
    for (const code of ["new_code", "toString", "__proto__"]) {
      expect(errors.relayerErrorOf({ code, message: "Words." }, 400, errors.RELAYER_ERRORS).constructor).to.equal(
        errors.RelayerError,
      );
    }
  });
});
