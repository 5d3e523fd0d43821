// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {TabFunding} from "./TabFunding.sol";
import {TabRequests} from "./TabRequests.sol";
import {TabSettlement} from "./TabSettlement.sol";
import {Tabs} from "./Tabs.sol";

/// @title Tabs, vouchers and what they settle to
/// @dev Put together from: {Tabs} what is kept, {TabFunding} how credits enter, {TabRequests} what a payer asks
/// and how a tab ends, {TabSettlement} how vouchers become earnings.
contract InferenceMeter is TabFunding, TabRequests, TabSettlement {
    /// @param authority Whose roles may pause: an AccessManager.
    /// @param stelai $STELAI, deployed before.
    /// @param payouts Where earnings go.
    /// @param characters Who earns for a character.
    /// @param rewards Who keeps bonus credits: predicted, deployed later.
    constructor(
        address authority,
        address stelai,
        address payouts,
        address characters,
        address rewards
    ) AccessManaged(authority) EIP712("Stelai InferenceMeter", "1") Tabs(stelai, payouts, characters, rewards) {}
}
