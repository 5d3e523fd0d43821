// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";
import {ERC3009Bytes} from "../token/ERC3009Bytes.sol";

/// @title Test dollars
/// @notice For local chains and tests: what USDC 2.2 offers to us (6 decimals, ERC-2612, ERC-3009 as v, r, s and as
/// bytes, the same EIP-712 name and version) and a faucet. Worth nothing.
/// @dev {ERC20Permit} fixes the EIP-712 version to "1", USDC's is "2": hence a permit of its own.
contract TestUSDC is ERC3009Bytes, IERC20Permit, Nonces {
    bytes32 private constant PERMIT_TYPEHASH = keccak256(
        "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"
    );

    /// @notice Thrown when a permit comes after its deadline.
    error PermitExpired(uint256 deadline);
    /// @notice Thrown when a permit was not signed by the owner.
    error InvalidPermitSigner(address signer, address owner);

    constructor() ERC20("USD Coin", "USDC") EIP712("USD Coin", "2") {}

    /// @notice The faucet: mints test dollars for anyone.
    /// @param amount In millionths of a dollar.
    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    /// @inheritdoc IERC20Permit
    function permit(
        address owner,
        address spender,
        uint256 value,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external {
        require(block.timestamp <= deadline, PermitExpired(deadline));
        bytes32 structHash = keccak256(abi.encode(PERMIT_TYPEHASH, owner, spender, value, _useNonce(owner), deadline));
        address signer = ECDSA.recover(_hashTypedDataV4(structHash), v, r, s);
        require(signer == owner, InvalidPermitSigner(signer, owner));
        _approve(owner, spender, value);
    }

    /// @notice The EIP-712 version, as USDC tells it.
    function version() external view returns (string memory) {
        return _EIP712Version();
    }

    /// @inheritdoc IERC20Permit
    // solhint-disable-next-line func-name-mixedcase
    function DOMAIN_SEPARATOR() external view returns (bytes32) {
        return _domainSeparatorV4();
    }

    /// @inheritdoc IERC20Permit
    function nonces(address owner) public view override(IERC20Permit, Nonces) returns (uint256) {
        return super.nonces(owner);
    }

    /// @notice 6, as USDC's.
    function decimals() public pure override returns (uint8) {
        return 6;
    }
}
