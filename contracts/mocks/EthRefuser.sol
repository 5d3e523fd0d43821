// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICreditStore} from "../interfaces/ICreditStore.sol";
import {IEthCheckout} from "../interfaces/IEthCheckout.sol";

/// @title A buyer that cannot be paid back, or comes in again when it is
/// @notice For tests.
contract EthRefuser {
    /// @notice Thrown when it is paid back and takes nothing.
    error TakesNoEth();

    IEthCheckout private immutable _checkout;
    ICreditStore.Order private _order;
    uint24 private _poolFee;
    bool private _reenters;

    constructor(IEthCheckout checkout) {
        _checkout = checkout;
    }

    /// @notice Takes no ETH, or comes in again with it when it was told to.
    // solhint-disable-next-line no-complex-fallback
    receive() external payable {
        require(_reenters, TakesNoEth());
        _checkout.buy{value: msg.value}(_order, _poolFee, type(uint256).max);
    }

    /// @notice Buys with what is sent.
    function buy(ICreditStore.Order calldata order, uint24 poolFee, bool reenters) external payable {
        (_order, _poolFee, _reenters) = (order, poolFee, reenters);
        _checkout.buy{value: msg.value}(order, poolFee, type(uint256).max);
    }
}
