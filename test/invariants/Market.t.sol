// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ILicenses} from "../../contracts/interfaces/ILicenses.sol";
import {MarketHandler} from "./MarketHandler.sol";

/// @notice Promises 2, 3 and 6 of DESIGN section 10, as far as they are of the market.
contract MarketTest is MarketHandler {
    function title() internal pure override returns (string memory) {
        return "MARKET";
    }

    /// @notice After every call; one campaign for all.
    /// forge-config: default.invariant.fail-on-revert = true
    function invariant_ordersKeepWhatWasAgreed() external {
        _holdWhatTheyOwe();
        _areWhatWasAgreedTo();
        _endByTimeAlone();
    }

    /// @dev Escrow is open orders and bonds, to the wei; what ended is earned or back with its holder.
    function _holdWhatTheyOwe() private view {
        uint256 open = 0;
        for (uint256 i = 1; i < orders.length; ++i) {
            if (!orders[i].isEnded) open += orders[i].price + orders[i].bond;
        }
        promised(stelai.balanceOf(address(licenses)) == open, "escrow is open orders and bonds");
        promised(stelai.balanceOf(address(resale)) == 0, "resale holds nothing");
        promised(stelai.balanceOf(address(payouts)) == earned, "what was released and resold is earned");
        uint256 held = 0;
        for (uint256 i = 0; i < PEOPLE; ++i) held += stelai.balanceOf(people[i]);
        promised(held + open + earned == funded, "paid is in escrow, earned or back");
        promised(isSolvent(), "the reserve covers the floor");
    }

    function _areWhatWasAgreedTo() private view {
        for (uint256 i = 1; i < orders.length; ++i) {
            Order storage order = orders[i];
            ILicenses.Licence memory licence = licenses.licenceOf(i);
            promised(licence.status == order.status && licence.since == order.since, "an order is where it was led");
            bool gives = order.status == ILicenses.Status.Delivered || order.status == ILicenses.Status.Released;
            promised(licenses.isLicensed(i, order.holder) == (gives && _isLive(order)), "a right is its holder's");
            if (order.tier == ILicenses.Tier.Personal) promised(licence.moves == 0, "a personal licence never moves");
            if (order.tier != ILicenses.Tier.Exclusive || !_isLive(order)) continue;
            for (uint256 j = 1; j < orders.length; ++j) {
                bool isBeside = j != i && orders[j].workId == order.workId && _isLive(orders[j]);
                promised(!isBeside, "an exclusive licence is alone");
            }
        }
    }

    /// @dev Whatever stands: once their times are over, a stranger's call ends every order. What an invariant changes is
    /// forgotten after it.
    function _endByTimeAlone() private {
        uint256[] memory ids = new uint256[](orders.length);
        for (uint256 i = 0; i < ids.length; ++i) ids[i] = i;
        vm.warp(block.timestamp + 7 days + 1);
        licenses.conclude(ids);
        promised(stelai.balanceOf(address(licenses)) == 0, "time alone ends every order");
    }
}
