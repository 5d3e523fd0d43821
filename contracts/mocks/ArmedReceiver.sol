// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC721Receiver} from "@openzeppelin/contracts/token/ERC721/IERC721Receiver.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";

/// @title A holder of tokens that makes armed calls in the middle of being given one
contract ArmedReceiver is IERC721Receiver {
    struct Call {
        address target;
        bytes data;
    }

    Call[] private _calls;

    /// @notice The next token that comes makes these calls, once, and reverts as they do.
    function arm(Call[] calldata calls) external {
        for (uint256 i; i < calls.length; ++i) _calls.push(calls[i]);
    }

    /// @notice Makes a call now.
    function act(address target, bytes calldata data) external {
        Address.functionCall(target, data);
    }

    /// @inheritdoc IERC721Receiver
    function onERC721Received(address, address, uint256, bytes calldata) external returns (bytes4) {
        Call[] memory calls = _calls;
        delete _calls;
        for (uint256 i; i < calls.length; ++i) Address.functionCall(calls[i].target, calls[i].data);
        return IERC721Receiver.onERC721Received.selector;
    }
}
