import { expect } from "chai";
import { AbiCoder, id, keccak256, ZeroAddress } from "ethers";
import { typed } from "../contracts.ts";
import {
  credits,
  deployedWithFeeOnTransfer,
  deployedWithReentrantReserve,
  ethers,
  networkHelpers,
  orderOf,
  PACKAGES,
  usd,
  type World,
  withDollars,
} from "../fixtures.ts";
import { domainOf, signPermit } from "../signing.ts";
import { authorize, UNSPONSORED } from "./authorize.ts";

const load = () => networkHelpers.loadFixture(withDollars);

/** A permit of Alice's for the store. */
async function permitOf(w: World, value: bigint, nonce = 0n) {
  const deadline = ethers.MaxUint256;
  const { v, r, s } = await signPermit(await domainOf(w.usdc, w.chainId), w.alice, {
    owner: w.alice.address,
    spender: String(w.store.target),
    value,
    nonce,
    deadline,
  });
  return [deadline, v, r, s] as const;
}

describe("CreditStore", () => {
  describe("quote", () => {
    it("multiplies price and credits", async () => {
      const { store } = await load();
      expect(await store.quote(2n, 3n)).to.deep.equal([usd("85.5"), credits("9000")]);
    });

    it("refuses a package that is not in the table, and no package at all", async () => {
      const { store } = await load();
      for (const packageId of [0n, 4n, ethers.MaxUint256]) {
        await expect(store.quote(packageId, 1n))
          .to.be.revertedWithCustomError(store, "PackageNotForSale")
          .withArgs(packageId);
      }
      await expect(store.quote(1n, 0n)).to.be.revertedWithCustomError(store, "ZeroQuantity");
    });

    it("cannot be made to wrap around by a huge quantity", async () => {
      const { store } = await load();
      await expect(store.quote(1n, ethers.MaxUint256)).to.be.revertedWithPanic(0x11);
    });
  });

  describe("buy", () => {
    it("takes the price and mints the credits to the recipient", async () => {
      const { store, stelai, usdc, alice, bob, carol } = await load();
      const order = orderOf(bob.address, { packageId: 2n, quantity: 2n, referrer: carol.address, maxPrice: usd("57") });
      const bought = store.connect(alice).buy(order);
      await expect(bought).to.changeTokenBalances(ethers, usdc, [alice, store], [-usd("57"), usd("57")]);
      await expect(bought).to.changeTokenBalance(ethers, stelai, bob, credits("6000"));
      await expect(bought)
        .to.emit(store, "Purchased")
        .withArgs(alice.address, bob.address, carol.address, 2n, 2n, credits("6000"), usd("57"));
    });

    it("takes the price, not the maximum, when the price is lower", async () => {
      const { store, usdc, alice } = await load();
      await expect(store.connect(alice).buy(orderOf(alice.address, { maxPrice: usd("11") }))).to.changeTokenBalance(
        ethers,
        usdc,
        alice,
        -usd("10"),
      );
    });

    it("is refused above the maximum, for nobody, for none and for an unknown package", async () => {
      const { store, alice } = await load();
      const by = store.connect(alice);
      await expect(by.buy(orderOf(alice.address, { maxPrice: usd("10") - 1n })))
        .to.be.revertedWithCustomError(store, "PriceAboveMaximum")
        .withArgs(usd("10"), usd("10") - 1n);
      await expect(by.buy(orderOf(ZeroAddress))).to.be.revertedWithCustomError(store, "ZeroRecipient");
      await expect(by.buy(orderOf(alice.address, { quantity: 0n }))).to.be.revertedWithCustomError(
        store,
        "ZeroQuantity",
      );
      await expect(by.buy(orderOf(alice.address, { packageId: 4n })))
        .to.be.revertedWithCustomError(store, "PackageNotForSale")
        .withArgs(4n);
    });

    it("is refused without the allowance or the money", async () => {
      const { store, usdc, alice, bob } = await load();
      await expect(store.connect(bob).buy(orderOf(bob.address)))
        .to.be.revertedWithCustomError(usdc, "ERC20InsufficientAllowance")
        .withArgs(store.target, 0n, usd("10"));
      await expect(store.connect(alice).buy(orderOf(alice.address, { quantity: 1_001n, maxPrice: ethers.MaxUint256 })))
        .to.be.revertedWithCustomError(usdc, "ERC20InsufficientBalance")
        .withArgs(alice.address, usd("10000"), usd("10010"));
    });

    it("is refused when less than the price arrives", async () => {
      const { store, alice } = await networkHelpers.loadFixture(deployedWithFeeOnTransfer);
      await expect(store.connect(alice).buy(orderOf(alice.address)))
        .to.be.revertedWithCustomError(store, "ReserveShortfall")
        .withArgs(usd("9.9"), usd("10"));
    });

    it("cannot be entered from within itself, nor swept or redeemed meanwhile", async () => {
      const w = await networkHelpers.loadFixture(deployedWithReentrantReserve);
      const { store, alice } = w;
      const token = typed("ReentrantUSDC", await ethers.getContractAt("ReentrantUSDC", String(w.usdc.target)));
      const calls = [
        store.interface.encodeFunctionData("buy", [orderOf(alice.address)]),
        store.interface.encodeFunctionData("sweepSurplus"),
        store.interface.encodeFunctionData("redeem", [1n, alice.address, 0n]),
      ];
      for (const data of calls) {
        await token.arm(store.target, data);
        await expect(store.connect(alice).buy(orderOf(alice.address))).to.be.revertedWithCustomError(
          store,
          "ReentrancyGuardReentrantCall",
        );
      }
    });
  });

  describe("buyWithPermit", () => {
    it("needs no allowance beforehand", async () => {
      const w = await load();
      await w.usdc.connect(w.alice).approve(w.store.target, 0n);
      const permit = await permitOf(w, usd("10"));
      await expect(w.store.connect(w.alice).buyWithPermit(orderOf(w.alice.address), ...permit)).to.changeTokenBalance(
        ethers,
        w.stelai,
        w.alice,
        credits("1000"),
      );
    });

    it("still buys when someone sent the permit first", async () => {
      const w = await load();
      await w.usdc.connect(w.alice).approve(w.store.target, 0n);
      const permit = await permitOf(w, usd("10"));
      await w.usdc.connect(w.bob).permit(w.alice.address, w.store.target, usd("10"), ...permit);
      await expect(w.store.connect(w.alice).buyWithPermit(orderOf(w.alice.address), ...permit)).to.changeTokenBalance(
        ethers,
        w.stelai,
        w.alice,
        credits("1000"),
      );
    });

    it("is refused with a permit that is not the caller's own", async () => {
      const w = await load();
      const permit = await permitOf(w, usd("10"));
      await expect(w.store.connect(w.bob).buyWithPermit(orderOf(w.bob.address), ...permit))
        .to.be.revertedWithCustomError(w.usdc, "ERC20InsufficientAllowance")
        .withArgs(w.store.target, 0n, usd("10"));
    });
  });

  describe("buyWithAuthorization", () => {
    it("buys for a payer without ETH, pays the sponsor and gives back what the price does not need", async () => {
      const w = await load();
      const { store, stelai, usdc, alice, bob, carol, sponsor } = w;
      const order = orderOf(bob.address, { maxPrice: usd("12"), referrer: carol.address });
      const sponsorship = { fee: usd("0.05"), recipient: carol.address, salt: id("a") };
      const authorization = await authorize(w, alice, order, sponsorship, { value: usd("13") });
      const bought = store.connect(sponsor).buyWithAuthorization(order, authorization, sponsorship);
      await expect(bought).to.changeTokenBalances(
        ethers,
        usdc,
        [alice, carol, store, sponsor],
        [-usd("10.05"), usd("0.05"), usd("10"), 0n],
      );
      await expect(bought).to.changeTokenBalance(ethers, stelai, bob, credits("1000"));
      await expect(bought)
        .to.emit(store, "Purchased")
        .withArgs(alice.address, bob.address, carol.address, 1n, 1n, credits("1000"), usd("10"));
      await expect(bought).to.emit(store, "SponsorPaid").withArgs(alice.address, carol.address, usd("0.05"));
    });

    it("works for the payer alone, without a fee", async () => {
      const w = await load();
      const order = orderOf(w.alice.address);
      const bought = w.store
        .connect(w.alice)
        .buyWithAuthorization(order, await authorize(w, w.alice, order, UNSPONSORED), UNSPONSORED);
      await expect(bought).to.changeTokenBalance(ethers, w.usdc, w.alice, -usd("10"));
      await expect(bought).not.to.emit(w.store, "SponsorPaid");
    });

    it("is refused when the sender bends anything the payer agreed to", async () => {
      const w = await load();
      const { store, usdc, alice, bob, sponsor } = w;
      const order = orderOf(alice.address, { maxPrice: usd("50") });
      const sponsorship = { fee: usd("0.05"), recipient: sponsor.address, salt: id("a") };
      const authorization = await authorize(w, alice, order, sponsorship, { value: usd("60") });
      const orders = [
        { recipient: bob.address },
        { referrer: bob.address },
        { packageId: 2n },
        { quantity: 2n },
        { maxPrice: usd("49") },
      ];
      const sponsorships = [{ fee: usd("1") }, { fee: 0n }, { recipient: bob.address }, { salt: id("b") }];
      for (const bent of orders) {
        await expect(
          store.connect(sponsor).buyWithAuthorization({ ...order, ...bent }, authorization, sponsorship),
        ).to.be.revertedWithCustomError(usdc, "ERC3009InvalidSignature");
      }
      for (const bent of sponsorships) {
        await expect(
          store.connect(sponsor).buyWithAuthorization(order, authorization, { ...sponsorship, ...bent }),
        ).to.be.revertedWithCustomError(usdc, "ERC3009InvalidSignature");
      }
      for (const bent of [{ value: usd("61") }, { from: bob.address }, { validAfter: 1n }, { signature: "0x" }]) {
        await expect(
          store.connect(sponsor).buyWithAuthorization(order, { ...authorization, ...bent }, sponsorship),
        ).to.be.revertedWithCustomError(usdc, "ERC3009InvalidSignature");
      }
      await store.connect(sponsor).buyWithAuthorization(order, authorization, sponsorship);
    });

    it("is refused a second time", async () => {
      const w = await load();
      const order = orderOf(w.alice.address);
      const authorization = await authorize(w, w.alice, order, UNSPONSORED);
      await w.store.buyWithAuthorization(order, authorization, UNSPONSORED);
      await expect(w.store.buyWithAuthorization(order, authorization, UNSPONSORED))
        .to.be.revertedWithCustomError(w.usdc, "ERC3009UsedAuthorization")
        .withArgs(w.alice.address, await w.store.buyNonce(order, UNSPONSORED));
    });

    it("is refused when it does not cover maximum and fee, or the fee has no recipient", async () => {
      const w = await load();
      const order = orderOf(w.alice.address);
      const sponsorship = { fee: usd("1"), recipient: w.sponsor.address, salt: id("a") };
      const small = await authorize(w, w.alice, order, sponsorship, { value: usd("11") - 1n });
      await expect(w.store.buyWithAuthorization(order, small, sponsorship))
        .to.be.revertedWithCustomError(w.store, "AuthorizationTooSmall")
        .withArgs(usd("11") - 1n, usd("11"));
      const lost = { ...sponsorship, recipient: ZeroAddress };
      await expect(
        w.store.buyWithAuthorization(order, await authorize(w, w.alice, order, lost), lost),
      ).to.be.revertedWithCustomError(w.store, "ZeroRecipient");
    });

    it("is refused above the maximum", async () => {
      const w = await load();
      const order = orderOf(w.alice.address, { maxPrice: usd("9") });
      const authorization = await authorize(w, w.alice, order, UNSPONSORED, { value: usd("10") });
      await expect(w.store.buyWithAuthorization(order, authorization, UNSPONSORED))
        .to.be.revertedWithCustomError(w.store, "PriceAboveMaximum")
        .withArgs(usd("10"), usd("9"));
    });

    it("is refused when less than the price is left of what arrived", async () => {
      const w = await networkHelpers.loadFixture(deployedWithFeeOnTransfer);
      const order = orderOf(w.alice.address);
      await expect(w.store.buyWithAuthorization(order, await authorize(w, w.alice, order, UNSPONSORED), UNSPONSORED))
        .to.be.revertedWithCustomError(w.store, "ReserveShortfall")
        .withArgs(usd("9.9"), usd("10"));
    });

    it("never takes the shortfall out of the reserve, whatever the payer authorizes", async () => {
      const w = await networkHelpers.loadFixture(deployedWithFeeOnTransfer);
      await w.usdc.mint(w.store.target, usd("1000"));
      const order = orderOf(w.alice.address);
      // One percent of 5,000 is more than the whole price: giving back the rest would cost the store 40 dollars.
      const authorization = await authorize(w, w.alice, order, UNSPONSORED, { value: usd("5000") });
      await expect(w.store.buyWithAuthorization(order, authorization, UNSPONSORED))
        .to.be.revertedWithCustomError(w.store, "ReserveShortfall")
        .withArgs(0n, usd("10"));
    });

    it("asks a contract wallet, which can refuse, revert or burn its gas without losing anything", async () => {
      const w = await load();
      const { store, usdc, alice, bob } = w;
      const wallet = typed("ContractWallet", await ethers.deployContract("ContractWallet", [alice.address]));
      const from = await wallet.getAddress();
      await usdc.mint(from, usd("10"));
      const order = orderOf(from);
      const authorization = await authorize(w, alice, order, UNSPONSORED, { from });
      const foreign = await authorize(w, bob, order, UNSPONSORED, { from });
      await expect(store.buyWithAuthorization(order, foreign, UNSPONSORED)).to.be.revertedWithCustomError(
        usdc,
        "ERC3009InvalidSignature",
      );
      for (const manner of [1, 2]) {
        await wallet.behave(manner);
        await expect(
          store.buyWithAuthorization(order, authorization, UNSPONSORED, { gasLimit: 2_000_000 }),
        ).to.be.revertedWithCustomError(usdc, "ERC3009InvalidSignature");
      }
      expect(await usdc.balanceOf(from)).to.equal(usd("10"));
      await wallet.behave(0);
      await expect(store.buyWithAuthorization(order, authorization, UNSPONSORED)).to.changeTokenBalance(
        ethers,
        w.stelai,
        wallet,
        credits("1000"),
      );
    });
  });

  describe("buyNonce", () => {
    it("is the hash that the interface writes down", async () => {
      const { store, alice, bob, sponsor } = await load();
      const order = orderOf(alice.address, { packageId: 7n, quantity: 3n, referrer: bob.address, maxPrice: 99n });
      const sponsorship = { fee: 5n, recipient: sponsor.address, salt: id("salt") };
      const expected = keccak256(
        AbiCoder.defaultAbiCoder().encode(
          ["bytes32", "uint256", "uint256", "address", "address", "uint256", "uint256", "address", "bytes32"],
          [
            id(
              "Buy(uint256 packageId,uint256 quantity,address recipient,address referrer,uint256 maxPrice,uint256 fee,address feeRecipient,bytes32 salt)",
            ),
            ...[7n, 3n, alice.address, bob.address, 99n, 5n, sponsor.address, id("salt")],
          ],
        ),
      );
      expect(await store.buyNonce(order, sponsorship)).to.equal(expected);
    });
  });

  describe("pause", () => {
    it("stops every way to buy, and nothing else", async () => {
      const w = await load();
      const { store, stelai, usdc, alice, guardian } = w;
      const order = orderOf(alice.address);
      const authorization = await authorize(w, alice, order, UNSPONSORED);
      await store.connect(alice).buy(order);
      await usdc.mint(store.target, 1n);
      await store.connect(guardian).pause();

      const by = store.connect(alice);
      const permit = await permitOf(w, usd("10"));
      await expect(by.buy(order)).to.be.revertedWithCustomError(store, "EnforcedPause");
      await expect(by.buyWithPermit(order, ...permit)).to.be.revertedWithCustomError(store, "EnforcedPause");
      await expect(by.buyWithAuthorization(order, authorization, UNSPONSORED)).to.be.revertedWithCustomError(
        store,
        "EnforcedPause",
      );

      await expect(by.redeem(credits("1000"), alice.address, 0n)).to.changeTokenBalance(ethers, usdc, alice, usd("8"));
      await expect(by.sweepSurplus()).to.changeTokenBalance(ethers, usdc, w.treasury, usd("2") + 1n);
      expect(await stelai.totalSupply()).to.equal(0n);
    });

    it("is the guardian's; resuming is the admin's, after its delay", async () => {
      const { store, manager, admin, guardian, alice } = await load();
      await expect(store.connect(alice).pause())
        .to.be.revertedWithCustomError(store, "AccessManagedUnauthorized")
        .withArgs(alice.address);
      await store.connect(guardian).pause();
      await expect(store.connect(guardian).unpause())
        .to.be.revertedWithCustomError(store, "AccessManagedUnauthorized")
        .withArgs(guardian.address);
      const data = store.interface.encodeFunctionData("unpause");
      await expect(store.connect(admin).unpause()).to.be.revertedWithCustomError(manager, "AccessManagerNotScheduled");
      await manager.connect(admin).schedule(store.target, data, 0n);
      await expect(store.connect(admin).unpause()).to.be.revertedWithCustomError(manager, "AccessManagerNotReady");
      await networkHelpers.time.increase(2 * 86_400);
      await store.connect(admin).unpause();
      await store.connect(alice).buy(orderOf(alice.address));
    });
  });

  it("starts with the table it was deployed with", async () => {
    const { store } = await load();
    const [firstId, table] = await store.packages();
    expect(firstId).to.equal(1n);
    expect(table).to.deep.equal(PACKAGES.map((one) => [one.credits, one.price]));
  });
});
