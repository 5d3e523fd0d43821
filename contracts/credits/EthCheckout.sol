// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20, SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {ICreditStore} from "../interfaces/ICreditStore.sol";
import {IEthCheckout} from "../interfaces/IEthCheckout.sol";
import {ISwapRouter} from "../interfaces/ISwapRouter.sol";

/// @title Credits for ETH
/// @dev Periphery: nobody trusts it, it has no rights. What is sent leaves in the same call, as the price of the credits and
/// as the rest.
contract EthCheckout is IEthCheckout, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    /// @inheritdoc IEthCheckout
    address public immutable creditStore;
    /// @inheritdoc IEthCheckout
    address public immutable router;
    /// @inheritdoc IEthCheckout
    address public immutable weth;
    address private immutable _reserve;

    /// @param creditStore_ Where credits are bought.
    /// @param router_ The Uniswap v3 `SwapRouter`.
    constructor(address creditStore_, address router_) {
        require(creditStore_ != address(0) && router_ != address(0), InvalidConfiguration());
        creditStore = creditStore_;
        router = router_;
        weth = ISwapRouter(router_).WETH9();
        _reserve = ICreditStore(creditStore_).reserve();
        // Endless: between calls there is nothing here to take.
        IERC20(_reserve).forceApprove(creditStore_, type(uint256).max);
    }

    /// @dev The router gives back what the swap did not need.
    receive() external payable {
        require(msg.sender == router, UnexpectedEth(msg.sender));
    }

    /// @inheritdoc IEthCheckout
    function buy(
        ICreditStore.Order calldata order,
        uint24 poolFee,
        uint256 deadline
    ) external payable nonReentrant returns (uint256 credits, uint256 paid) {
        // Check
        require(block.timestamp <= deadline, DeadlinePassed(deadline));
        require(msg.value != 0, NoEth());
        (uint256 price, ) = ICreditStore(creditStore).quote(order.packageId, order.quantity);

        // Interaction
        paid = _swap(price, poolFee, deadline);
        credits = ICreditStore(creditStore).buy(order);
        emit BoughtWithEth(msg.sender, order.recipient, credits, price, paid);
        uint256 rest = msg.value - paid;
        if (rest == 0) return (credits, paid);
        (bool isSent, ) = msg.sender.call{value: rest}("");
        require(isSent, RefundFailed(msg.sender, rest));
    }

    /// @dev Swaps all the ETH or less for exactly `price`. The router's reason, a word or none, is not passed on: every one
    /// means that this much ETH does not buy that much here now.
    /// @return paid In wei of ETH.
    function _swap(uint256 price, uint24 poolFee, uint256 deadline) private returns (uint256 paid) {
        ISwapRouter.ExactOutputSingleParams memory swap = ISwapRouter.ExactOutputSingleParams({
            tokenIn: weth,
            tokenOut: _reserve,
            fee: poolFee,
            recipient: address(this),
            deadline: deadline,
            amountOut: price,
            amountInMaximum: msg.value,
            sqrtPriceLimitX96: 0
        });
        try ISwapRouter(router).exactOutputSingle{value: msg.value}(swap) returns (uint256 amountIn) {
            paid = amountIn;
        } catch {
            revert SwapFailed(msg.value, price);
        }
        if (paid != msg.value) ISwapRouter(router).refundETH();
    }
}
