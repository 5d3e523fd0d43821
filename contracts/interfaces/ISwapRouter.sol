// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title What {IEthCheckout} asks of the Uniswap v3 `SwapRouter`
/// @dev https://docs.uniswap.org/contracts/v3/reference/periphery/SwapRouter
interface ISwapRouter {
    /// @notice A swap in one pool for an exact amount.
    /// @param fee Of the pool, in hundredths of a basis point.
    /// @param sqrtPriceLimitX96 Zero: no limit but `amountInMaximum`.
    struct ExactOutputSingleParams {
        address tokenIn;
        address tokenOut;
        uint24 fee;
        address recipient;
        uint256 deadline;
        uint256 amountOut;
        uint256 amountInMaximum;
        uint160 sqrtPriceLimitX96;
    }

    /// @notice Swaps as little as possible for exactly `amountOut`; takes sent ETH for wrapped ether.
    function exactOutputSingle(ExactOutputSingleParams calldata params) external payable returns (uint256 amountIn);

    /// @notice Sends the router's whole ETH to the caller.
    function refundETH() external payable;

    /// @notice Wrapped ether.
    function WETH9() external view returns (address);
}
