// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @notice An ERC-1271 wallet of one key, which can be told to misbehave when it is asked about a signature.
contract ContractWallet is IERC1271 {
    enum Manner {
        Honest,
        Reverting,
        Looping
    }

    address public immutable owner;
    Manner public manner;

    error Refused();

    constructor(address owner_) {
        owner = owner_;
    }

    function behave(Manner manner_) external {
        manner = manner_;
    }

    function execute(address target, bytes calldata data) external {
        require(msg.sender == owner, Refused());
        Address.functionCall(target, data);
    }

    function isValidSignature(bytes32 hash, bytes calldata signature) external view returns (bytes4) {
        require(manner != Manner.Reverting, Refused());
        uint256 burned = 0;
        while (manner == Manner.Looping) ++burned;
        (address signer, , ) = ECDSA.tryRecoverCalldata(hash, signature);
        return signer == owner ? IERC1271.isValidSignature.selector : bytes4(0xffffffff);
    }
}
