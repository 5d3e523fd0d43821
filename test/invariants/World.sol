// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {ICharacterAccess} from "../../contracts/interfaces/ICharacterAccess.sol";
import {ICharacters} from "../../contracts/interfaces/ICharacters.sol";
import {ICreditPlans} from "../../contracts/interfaces/ICreditPlans.sol";
import {ICreditStore} from "../../contracts/interfaces/ICreditStore.sol";
import {IInferenceMeter} from "../../contracts/interfaces/IInferenceMeter.sol";
import {IPayouts} from "../../contracts/interfaces/IPayouts.sol";
import {IRewards} from "../../contracts/interfaces/IRewards.sol";
import {IStelai} from "../../contracts/interfaces/IStelai.sol";
import {TestUSDC} from "../../contracts/mocks/TestUSDC.sol";
import {Cheats} from "./Base.sol";

/// @notice Everything deployed, with an admin that may do at once all that any role may.
abstract contract World is Cheats {
    /// @notice 0.008 USDC a credit.
    uint256 internal constant FLOOR = 8_000;

    address internal admin = vm.addr(1);
    address internal treasury = vm.addr(2);
    TestUSDC internal usdc;
    AccessManager internal manager;
    IStelai internal stelai;
    ICreditStore internal store;
    IPayouts internal payouts;
    ICharacters internal characters;
    IInferenceMeter internal meter;
    ICharacterAccess internal access;
    ICreditPlans internal plans;
    IRewards internal rewards;

    /// @dev From artifacts: what is tested is the bytecode that is deployed elsewhere, and is compiled once.
    constructor() {
        address deployer = address(this);
        usdc = TestUSDC(_deploy("TestUSDC.sol:TestUSDC", ""));
        manager = AccessManager(_deploy("AccessManager.sol:AccessManager", abi.encode(admin)));
        uint256 nonce = vm.getNonce(deployer);
        address storeAt = vm.computeCreateAddress(deployer, nonce + 1);
        address meterAt = vm.computeCreateAddress(deployer, nonce + 4);
        address payoutsAt = vm.computeCreateAddress(deployer, nonce + 2);
        stelai = IStelai(_deploy("Stelai.sol:Stelai", abi.encode(storeAt, payoutsAt)));
        address plansAt = vm.computeCreateAddress(deployer, nonce + 6);
        address rewardsAt = vm.computeCreateAddress(deployer, nonce + 7);
        bytes memory arguments = abi.encode(manager, stelai, usdc, FLOOR, treasury, plansAt, rewardsAt);
        store = ICreditStore(_deploy("CreditStore.sol:CreditStore", arguments));
        arguments = abi.encode(manager, stelai, store, treasury);
        payouts = IPayouts(_deploy("Payouts.sol:Payouts", arguments));
        address accessAt = vm.computeCreateAddress(deployer, nonce + 5);
        arguments = abi.encode(manager, payouts, meterAt, accessAt);
        characters = ICharacters(_deploy("Characters.sol:Characters", arguments));
        arguments = abi.encode(manager, stelai, payouts, characters, rewardsAt);
        meter = IInferenceMeter(_deploy("InferenceMeter.sol:InferenceMeter", arguments));
        arguments = abi.encode(manager, stelai, payouts, characters);
        access = ICharacterAccess(_deploy("CharacterAccess.sol:CharacterAccess", arguments));
        arguments = abi.encode(manager, store);
        plans = ICreditPlans(_deploy("CreditPlans.sol:CreditPlans", arguments));
        arguments = abi.encode(manager, stelai, store, meter);
        rewards = IRewards(_deploy("Rewards.sol:Rewards", arguments));
        promised(address(plans) == plansAt && address(rewards) == rewardsAt, "the predicted addresses hold");
        promised(address(meter) == meterAt && address(store) == storeAt, "predicted addresses hold");
        promised(address(payouts) == payoutsAt, "the predicted address of Payouts holds");
        promised(address(access) == accessAt, "the predicted address of the passes holds");

        ICreditStore.Package[] memory table = new ICreditStore.Package[](2);
        table[0] = ICreditStore.Package({credits: 1_000e18, price: 10e6});
        table[1] = ICreditStore.Package({credits: 5_000e18, price: 45e6});
        vm.prank(admin);
        store.setPackages(table);
    }

    function _deploy(string memory artifact, bytes memory arguments) private returns (address deployed) {
        bytes memory code = bytes.concat(vm.getCode(artifact), arguments);
        assembly ("memory-safe") {
            deployed := create(0, add(code, 0x20), mload(code))
        }
        promised(deployed != address(0), artifact);
    }

    /// @notice Buys packages of 5,000 credits for an account, with dollars from the faucet.
    function fund(address account, uint256 quantity) internal {
        (uint256 firstId, ) = store.packages();
        (uint256 price, ) = store.quote(firstId + 1, quantity);
        usdc.mint(address(this), price);
        usdc.approve(address(store), price);
        store.buy(ICreditStore.Order(firstId + 1, quantity, account, address(0), price));
    }

    /// @notice Publishes a character of `owner`'s.
    function publish(address owner, uint256 payee) internal returns (uint256) {
        ICharacters.Creation memory creation;
        creation.payee = payee;
        creation.metadataURI = "ipfs://card";
        vm.prank(owner);
        return characters.create(creation);
    }

    /// @notice Two shares in the order that a split asks for.
    function sharesOf(uint256 a, uint16 bps, uint256 b) internal pure returns (IPayouts.Share[] memory shares) {
        shares = new IPayouts.Share[](2);
        shares[a < b ? 0 : 1] = IPayouts.Share(a, bps);
        shares[a < b ? 1 : 0] = IPayouts.Share(b, 10_000 - bps);
    }

    /// @notice Promise 1: the reserve covers the floor of every credit.
    function isSolvent() internal view returns (bool) {
        return usdc.balanceOf(address(store)) * 1e18 >= FLOOR * stelai.totalSupply();
    }
}
