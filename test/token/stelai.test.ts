import { expect } from "chai";
import { id, Signature, ZeroAddress } from "ethers";
import { typed } from "../contracts.ts";
import { credits, ethers, networkHelpers, withCredits } from "../fixtures.ts";
import { domainOf, highS, signCancel, signPermit, signReceive, signTransfer } from "../signing.ts";

const TRANSFER_BYTES = "transferWithAuthorization(address,address,uint256,uint256,uint256,bytes32,bytes)";
const TRANSFER_VRS = "transferWithAuthorization(address,address,uint256,uint256,uint256,bytes32,uint8,bytes32,bytes32)";
const RECEIVE_BYTES = "receiveWithAuthorization(address,address,uint256,uint256,uint256,bytes32,bytes)";
const RECEIVE_VRS = "receiveWithAuthorization(address,address,uint256,uint256,uint256,bytes32,uint8,bytes32,bytes32)";
const CANCEL_BYTES = "cancelAuthorization(address,bytes32,bytes)";
const CANCEL_VRS = "cancelAuthorization(address,bytes32,uint8,bytes32,bytes32)";
const NONCE = id("nonce");

/** Alice owns credits; an authorization of ten of them to Bob, valid for an hour, and its signatures. */
async function world() {
  const w = await networkHelpers.loadFixture(withCredits);
  const now = BigInt(await networkHelpers.time.latest());
  const fields = {
    from: w.alice.address,
    to: w.bob.address,
    value: credits("10"),
    validAfter: 0n,
    validBefore: now + 3_600n,
    nonce: NONCE,
  };
  const domain = await domainOf(w.stelai, w.chainId);
  const words = [fields.from, fields.to, fields.value, fields.validAfter, fields.validBefore, fields.nonce] as const;
  const call = (form: string, ...values: unknown[]) => w.stelai.connect(w.bob).getFunction(form)(...values);
  return { ...w, fields, domain, words, call };
}

/** A contract wallet of Alice's with ten credits. */
async function withWallet() {
  const w = await world();
  const wallet = typed("ContractWallet", await ethers.deployContract("ContractWallet", [w.alice.address]));
  const address = await wallet.getAddress();
  await w.stelai.connect(w.alice).transfer(address, credits("10"));
  const fields = { ...w.fields, from: address };
  const words = [address, ...w.words.slice(1)];
  return { ...w, wallet, fields, words, signature: await signTransfer(w.domain, w.alice, fields) };
}

describe("Stelai", () => {
  it("names itself as wallets and authorizations expect", async () => {
    const { stelai, chainId } = await world();
    expect(await stelai.name()).to.equal("Stelai");
    expect(await stelai.symbol()).to.equal("STELAI");
    expect(await stelai.decimals()).to.equal(18n);
    const { name, version, chainId: domainChain, verifyingContract } = await stelai.eip712Domain();
    expect([name, version, domainChain, verifyingContract]).to.deep.equal(["Stelai", "1", chainId, stelai.target]);
  });

  describe("mint and burn", () => {
    it("are refused to everyone but the credit store, the admin and the holder included", async () => {
      const { stelai, alice, admin } = await world();
      for (const caller of [alice, admin]) {
        await expect(stelai.connect(caller).mint(caller.address, 1n))
          .to.be.revertedWithCustomError(stelai, "NotCreditStore")
          .withArgs(caller.address);
        await expect(stelai.connect(caller).burn(alice.address, 1n))
          .to.be.revertedWithCustomError(stelai, "NotCreditStore")
          .withArgs(caller.address);
      }
    });
  });

  describe("Payouts", () => {
    it("needs no allowance, takes only from its caller, and is nobody else's door", async () => {
      const { stelai, payouts, alice, bob, carol } = await world();
      expect(await stelai.payouts()).to.equal(payouts.target);
      expect(await stelai.allowance(carol.address, payouts.target)).to.equal(ethers.MaxUint256);
      expect(await stelai.allowance(payouts.target, alice.address)).to.equal(0n);
      await stelai.connect(alice).approve(payouts.target, 0n);
      const earned = payouts.connect(alice).earn(BigInt(bob.address), credits("3"), NONCE);
      await expect(earned).to.changeTokenBalances(ethers, stelai, [alice, payouts], [-credits("3"), credits("3")]);
      expect(await stelai.balanceOf(payouts.target)).to.equal(await payouts.claimable(bob.address));
      await expect(stelai.connect(bob).transferFrom(alice.address, bob.address, 1n))
        .to.be.revertedWithCustomError(stelai, "ERC20InsufficientAllowance")
        .withArgs(bob.address, 0n, 1n);
    });
  });

  describe("ERC-1363", () => {
    it("declares its interface and refuses a receiver that does not answer", async () => {
      const { stelai, store, alice } = await world();
      expect(await stelai.supportsInterface("0xb0202a11")).to.equal(true);
      await expect(stelai.connect(alice).getFunction("transferAndCall(address,uint256)")(store.target, 1n))
        .to.be.revertedWithCustomError(stelai, "ERC1363InvalidReceiver")
        .withArgs(store.target);
    });
  });

  describe("permit", () => {
    it("sets the allowance once; a second use is refused", async () => {
      const { stelai, domain, alice, bob } = await world();
      const deadline = ethers.MaxUint256;
      const { v, r, s } = await signPermit(domain, alice, {
        owner: alice.address,
        spender: bob.address,
        value: 5n,
        nonce: 0n,
        deadline,
      });
      await stelai.permit(alice.address, bob.address, 5n, deadline, v, r, s);
      expect(await stelai.allowance(alice.address, bob.address)).to.equal(5n);
      expect(await stelai.nonces(alice.address)).to.equal(1n);
      await expect(stelai.permit(alice.address, bob.address, 5n, deadline, v, r, s)).to.be.revertedWithCustomError(
        stelai,
        "ERC2612InvalidSigner",
      );
    });
  });

  describe("transferWithAuthorization", () => {
    it("moves credits for whoever brings the signature, as bytes", async () => {
      const { stelai, call, words, fields, domain, alice, bob } = await world();
      const signature = await signTransfer(domain, alice, fields);
      const sent = call(TRANSFER_BYTES, ...words, signature);
      await expect(sent).to.changeTokenBalances(ethers, stelai, [alice, bob], [-fields.value, fields.value]);
      await expect(sent).to.emit(stelai, "AuthorizationUsed").withArgs(alice.address, NONCE);
      expect(await stelai.authorizationState(alice.address, NONCE)).to.equal(true);
    });

    it("moves credits for whoever brings the signature, as v, r, s; both forms share the nonce", async () => {
      const { stelai, call, words, fields, domain, alice } = await world();
      const { v, r, s, serialized } = Signature.from(await signTransfer(domain, alice, fields));
      await call(TRANSFER_VRS, ...words, v, r, s);
      await expect(call(TRANSFER_BYTES, ...words, serialized))
        .to.be.revertedWithCustomError(stelai, "ERC3009UsedAuthorization")
        .withArgs(alice.address, NONCE);
    });

    it("is refused when anything in it was changed", async () => {
      const { stelai, call, fields, domain, alice, carol } = await world();
      const signature = await signTransfer(domain, alice, fields);
      for (const change of [
        { to: carol.address },
        { value: fields.value + 1n },
        { validAfter: 1n },
        { validBefore: fields.validBefore + 1n },
        { nonce: id("other") },
        { from: carol.address },
      ]) {
        const f = { ...fields, ...change };
        await expect(
          call(TRANSFER_BYTES, f.from, f.to, f.value, f.validAfter, f.validBefore, f.nonce, signature),
        ).to.be.revertedWithCustomError(stelai, "ERC3009InvalidSignature");
      }
    });

    it("is refused for another chain, another contract, another purpose, a high s and the zero signer", async () => {
      const { stelai, usdc, call, words, fields, domain, alice } = await world();
      const signature = await signTransfer(domain, alice, fields);
      const bad = [
        await signTransfer({ ...domain, chainId: 1n }, alice, fields),
        await signTransfer({ ...domain, verifyingContract: String(usdc.target) }, alice, fields),
        await signReceive(domain, alice, fields),
        highS(signature),
        "0x",
        `0x${"00".repeat(65)}`,
      ];
      for (const one of bad) {
        await expect(call(TRANSFER_BYTES, ...words, one)).to.be.revertedWithCustomError(
          stelai,
          "ERC3009InvalidSignature",
        );
      }
      await expect(
        call(TRANSFER_BYTES, ZeroAddress, ...words.slice(1), `0x${"00".repeat(65)}`),
      ).to.be.revertedWithCustomError(stelai, "ERC3009InvalidSignature");
      const { r, s, v } = Signature.from(signature);
      const high = highS(signature);
      await expect(
        call(TRANSFER_VRS, ...words, v === 27 ? 28 : 27, r, `0x${high.slice(66, 130)}`),
      ).to.be.revertedWithCustomError(stelai, "ECDSAInvalidSignatureS");
      await call(TRANSFER_VRS, ...words, v, r, s);
    });

    it("is refused before its time and from its end on", async () => {
      const { stelai, call, fields, domain, alice } = await world();
      const now = BigInt(await networkHelpers.time.latest());
      for (const window of [
        { validAfter: now + 600n, validBefore: now + 1_200n },
        { validAfter: 0n, validBefore: now },
      ]) {
        const f = { ...fields, ...window };
        const signature = await signTransfer(domain, alice, f);
        await expect(call(TRANSFER_BYTES, f.from, f.to, f.value, f.validAfter, f.validBefore, f.nonce, signature))
          .to.be.revertedWithCustomError(stelai, "ERC3009InvalidAuthorizationTime")
          .withArgs(f.validAfter, f.validBefore);
      }
    });

    it("asks a contract wallet, which can refuse", async () => {
      const { stelai, call, words, fields, signature, wallet, bob, domain, carol } = await withWallet();
      await expect(
        call(TRANSFER_BYTES, ...words, await signTransfer(domain, carol, fields)),
      ).to.be.revertedWithCustomError(stelai, "ERC3009InvalidSignature");
      await expect(call(TRANSFER_BYTES, ...words, signature)).to.changeTokenBalances(
        ethers,
        stelai,
        [wallet.target, bob],
        [-fields.value, fields.value],
      );
    });

    it("is refused, and nothing is lost, when the wallet reverts or burns all its gas", async () => {
      const { stelai, call, words, signature, wallet } = await withWallet();
      for (const manner of [1, 2]) {
        await wallet.behave(manner);
        await expect(call(TRANSFER_BYTES, ...words, signature, { gasLimit: 1_000_000 })).to.be.revertedWithCustomError(
          stelai,
          "ERC3009InvalidSignature",
        );
      }
      expect(await stelai.authorizationState(wallet.target, NONCE)).to.equal(false);
      expect(await stelai.balanceOf(wallet.target)).to.equal(credits("10"));
      await wallet.behave(0);
      await call(TRANSFER_BYTES, ...words, signature);
    });
  });

  describe("receiveWithAuthorization", () => {
    it("moves credits to the caller it names, in both forms", async () => {
      const { stelai, call, words, fields, domain, alice, bob } = await world();
      const signature = await signReceive(domain, alice, fields);
      await expect(call(RECEIVE_BYTES, ...words, signature)).to.changeTokenBalance(ethers, stelai, bob, fields.value);
      const second = { ...fields, nonce: id("second") };
      const { v, r, s } = Signature.from(await signReceive(domain, alice, second));
      await call(RECEIVE_VRS, ...words.slice(0, 5), second.nonce, v, r, s);
      expect(await stelai.balanceOf(bob.address)).to.equal(2n * fields.value);
    });

    it("is refused to anyone else, so that nobody can take it out of the call it was meant for", async () => {
      const { stelai, words, fields, domain, alice, bob, carol } = await world();
      const signature = await signReceive(domain, alice, fields);
      await expect(stelai.connect(carol).getFunction(RECEIVE_BYTES)(...words, signature))
        .to.be.revertedWithCustomError(stelai, "ERC20InvalidReceiver")
        .withArgs(bob.address);
    });

    it("is refused with a signature for a transfer", async () => {
      const { stelai, call, words, fields, domain, alice } = await world();
      await expect(
        call(RECEIVE_BYTES, ...words, await signTransfer(domain, alice, fields)),
      ).to.be.revertedWithCustomError(stelai, "ERC3009InvalidSignature");
    });
  });

  describe("cancelAuthorization", () => {
    it("makes the nonce useless, in both forms", async () => {
      const { stelai, call, words, fields, domain, alice } = await world();
      const bytes = await signCancel(domain, alice, alice.address, NONCE);
      await expect(call(CANCEL_BYTES, alice.address, NONCE, bytes))
        .to.emit(stelai, "AuthorizationCanceled")
        .withArgs(alice.address, NONCE);
      const other = id("other");
      const { v, r, s } = Signature.from(await signCancel(domain, alice, alice.address, other));
      await call(CANCEL_VRS, alice.address, other, v, r, s);
      await expect(call(TRANSFER_BYTES, ...words, await signTransfer(domain, alice, fields)))
        .to.be.revertedWithCustomError(stelai, "ERC3009UsedAuthorization")
        .withArgs(alice.address, NONCE);
    });

    it("is refused without the authorizer's signature", async () => {
      const { stelai, call, domain, alice, bob } = await world();
      await expect(
        call(CANCEL_BYTES, alice.address, NONCE, await signCancel(domain, bob, alice.address, NONCE)),
      ).to.be.revertedWithCustomError(stelai, "ERC3009InvalidSignature");
    });
  });
});
