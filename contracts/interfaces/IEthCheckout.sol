// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICreditStore} from "./ICreditStore.sol";

/// @title Credits for ETH
/// @notice Swaps through the Uniswap v3 router for exactly the price, buys, and sends the rest of the ETH back, in one call.
/// Holds nothing between calls. The credit store sees this contract as the payer, so a first purchase here binds no
/// referrer; a bound one earns.
interface IEthCheckout {
    /// @notice Emitted when credits were bought.
    /// @param paid What the swap took, in wei of ETH.
    /// @param price What the credits cost, in reserve units.
    event BoughtWithEth(address indexed payer, address indexed recipient, uint256 credits, uint256 price, uint256 paid);

    /// @notice Thrown when the swap could not be made for what was sent: the price moved, or the pool is empty or missing.
    /// @param sent In wei of ETH.
    /// @param needed The reserve asset that was to come out.
    error SwapFailed(uint256 sent, uint256 needed);
    /// @notice Thrown when the call comes after its deadline.
    error DeadlinePassed(uint256 deadline);
    /// @notice Thrown when no ETH was sent.
    error NoEth();
    /// @notice Thrown when the rest could not be sent back.
    error RefundFailed(address account, uint256 amount);
    /// @notice Thrown when anyone but the router sends ETH here.
    error UnexpectedEth(address sender);
    /// @notice Thrown when the constructor is given a zero address.
    error InvalidConfiguration();

    /// @notice Where credits are bought.
    function creditStore() external view returns (address);

    /// @notice The Uniswap v3 `SwapRouter`.
    function router() external view returns (address);

    /// @notice Wrapped ether, of the router.
    function weth() external view returns (address);

    /// @notice Buys with the ETH that is sent; what the swap does not need comes back to the caller.
    /// @param order As in {ICreditStore-buy}.
    /// @param poolFee Which of the pools of wrapped ether and the reserve asset to swap in, in hundredths of a basis point.
    /// @param deadline Unix time in seconds after which nothing is bought.
    /// @return credits In wei of STELAI.
    /// @return paid In wei of ETH.
    function buy(
        ICreditStore.Order calldata order,
        uint24 poolFee,
        uint256 deadline
    ) external payable returns (uint256 credits, uint256 paid);
}
