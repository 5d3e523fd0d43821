// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1363Receiver} from "@openzeppelin/contracts/interfaces/IERC1363Receiver.sol";
import {Authorization, Sponsorship} from "./Authorization.sol";

/// @title Tabs, vouchers and what they settle to
/// @notice DESIGN section 5. Amounts are microcredits (1e12 wei of STELAI) unless a name says wei; times are
/// unix seconds. Always: `stelai.balanceOf(this) ≥ (Σ (cap − spent) + Σ accrued) × 1e12`.
interface IInferenceMeter is IERC1363Receiver {
    /// @notice What a payer agrees to when a tab is opened.
    /// @param operator Who will serve and settle.
    /// @param sessionKey Whose signature on vouchers spends the tab.
    /// @param cap The most it can ever spend, in microcredits.
    /// @param expiry Until when it serves; rounded up to whole units of four hours since {EPOCH}.
    struct Opening {
        address operator;
        address sessionKey;
        uint40 cap;
        uint64 expiry;
    }

    /// @notice A tab as it stands.
    /// @param spent Settled so far: the base of the next voucher.
    /// @param closing Whether the payer asked to close, or it is closed: nothing raises its expiry or cap again.
    /// @param previousKey The session key before the last rotation; settles until `previousKeyUntil`.
    /// @param bonus How much of the cap was bonus credits at the opening; `max(0, bonus − spent)` is what is left of them.
    struct Tab {
        address payer;
        address sessionKey;
        uint40 cap;
        uint40 spent;
        uint64 expiry;
        bool closing;
        address previousKey;
        uint64 previousKeyUntil;
        uint40 bonus;
    }

    /// @notice Why a row of a batch was skipped.
    enum Skipped {
        Paid, // 0: not skipped
        NotAbove, // the total does not rise: replayed, or settled already
        AboveCap, // the total is above the cap
        Expired, // later than expiry + THAW
        LinesDiffer, // the lines do not add up to what the total rises by
        BadSignature, // neither the session key nor the one before it signed this voucher at this base
        BadSeal // the operator did not seal this voucher
    }

    /// @notice Emitted when a tab is opened and funded.
    event TabOpened(
        address indexed operator,
        uint64 indexed tabId,
        address indexed payer,
        address sessionKey,
        uint40 cap,
        uint64 expiry
    );
    /// @notice Emitted after {TabOpened} when a part of the cap is bonus credits.
    event TabBonus(address indexed operator, uint64 indexed tabId, uint40 bonus);
    /// @notice Emitted when a sponsor was paid for opening or topping up a tab; fee in wei of STELAI.
    event SponsorPaid(address indexed payer, address indexed recipient, uint256 fee);
    /// @notice Emitted when a tab was topped up; `cap` is the new cap.
    event TabToppedUp(address indexed operator, uint64 indexed tabId, uint40 amount, uint40 cap);
    /// @notice Emitted when a tab serves longer.
    event TabExtended(address indexed operator, uint64 indexed tabId, uint64 expiry);
    /// @notice Emitted when another session key spends; the one before settles until `previousKeyUntil`.
    event SessionKeyRotated(
        address indexed operator,
        uint64 indexed tabId,
        address sessionKey,
        address previousKey,
        uint64 previousKeyUntil
    );
    /// @notice Emitted when the payer asked to close; settling ends at `expiry + THAW`.
    event TabCloseRequested(address indexed operator, uint64 indexed tabId, uint64 expiry);
    /// @notice Emitted when what was left of a tab went back to its payer, by both signatures or after the thaw.
    event TabClosed(address indexed operator, uint64 indexed tabId, address indexed payer, uint40 spent, uint40 refund);

    /// @notice Emitted once a batch.
    /// @param rows Packed, one after the other, no padding: tabId (8 bytes), {Skipped} (1), and for a row
    /// that was paid also cumulative (5), receipts (32), line count (1) and the lines (20 each:
    /// character 6, amount 5, inferences 3, milliunits 6).
    event Settled(address indexed operator, bytes rows);

    /// @notice Emitted when what accrued went to Payouts.
    /// @param characterId The character, or 0 for the operator's own fee.
    /// @param operator The operator whose fee it is, else the zero address.
    /// @param amount In microcredits.
    event Collected(uint256 indexed characterId, address indexed operator, uint256 amount);

    /// @notice Thrown when a tab does not exist.
    error UnknownTab(address operator, uint64 tabId);
    /// @notice Thrown when the operator, the session key or the sponsor's fee recipient is the zero address.
    error ZeroAddress();
    /// @notice Thrown when a cap or a top-up is zero.
    error ZeroAmount();
    /// @notice Thrown when the bonus of an opening is zero or above its cap.
    error InvalidBonus(uint40 bonus, uint40 cap);
    /// @notice Thrown when a cap would not fit 40 bits.
    error CapTooHigh(uint256 cap);
    /// @notice Thrown when an expiry is not in the future, is beyond {MAX_DURATION}, or does not rise.
    error InvalidExpiry(uint64 expiry);
    /// @notice Thrown when the caller is not the tab's payer.
    error NotPayer(address account, address payer);
    /// @notice Thrown when a closing tab is topped up, extended or rotated, or closed again.
    error TabClosing(address operator, uint64 tabId);
    /// @notice Thrown when the key before the last one may still settle.
    error RotationTooSoon(uint64 previousKeyUntil);
    /// @notice Thrown when a reclaim comes before the thaw has passed.
    error StillThawing(uint64 until);
    /// @notice Thrown when a closing signature names another total than is settled.
    error TotalDiffers(uint40 spent, uint40 total);
    /// @notice Thrown when a signature is not by whom it must be.
    error InvalidSignature(address expected);
    /// @notice Thrown when a signature comes after its deadline.
    error SignatureExpired(uint256 deadline);
    /// @notice Thrown when the sponsor's fee is above {MAX_SPONSOR_FEE}.
    error SponsorFeeTooHigh(uint256 fee);
    /// @notice Thrown when what is authorized or transferred is not exactly what amount and fee come to.
    error AuthorizationTooSmall(uint256 value, uint256 needed);
    /// @notice Thrown when a batch cannot be read.
    error MalformedBatch(uint256 offset);
    /// @notice Thrown when tokens arrive in any other way than the payer's own `transferAndCall` of $STELAI.
    error UnexpectedTransfer(address token, address from);

    /// @notice The start of the expiry units: this contract's birth.
    function EPOCH() external view returns (uint64);

    /// @notice 24 hours: how long after its expiry a tab can still be settled.
    function THAW() external view returns (uint64);

    /// @notice The longest a tab may serve from now, 365 days.
    function MAX_DURATION() external view returns (uint64);

    /// @notice Keeps bonus credits, see {IRewards}.
    function rewards() external view returns (address);

    /// @notice The most a sponsor may take, in wei of STELAI: 1 credit.
    function MAX_SPONSOR_FEE() external view returns (uint256);

    /// @notice A tab as it stands. Reverts when it does not exist.
    function tabOf(address operator, uint64 tabId) external view returns (Tab memory);

    /// @notice How many tabs an operator has; ids count from 1.
    function tabCount(address operator) external view returns (uint64);

    /// @notice What a character has earned and nobody has collected yet, in microcredits.
    function accruedOf(uint256 characterId) external view returns (uint256);

    /// @notice What an operator's own fees come to and nobody has collected yet, in microcredits.
    function accruedFeeOf(address operator) external view returns (uint256);

    /// @notice The payer's nonce for the next signed request (extend, rotate, close).
    function nonces(address payer) external view returns (uint256);

    /// @notice Opens a tab, paid by allowance.
    function open(Opening calldata opening) external returns (uint64 tabId);

    /// @notice Opens a tab by anyone, for a payer who signed an EIP-3009 authorization of $STELAI whose nonce
    /// is {openNonce}; `authorization.value` is exactly `cap × 1e12 + sponsorship.fee`.
    function openWithAuthorization(
        Opening calldata opening,
        Authorization calldata authorization,
        Sponsorship calldata sponsorship
    ) external returns (uint64 tabId);

    /// @notice The EIP-3009 nonce that commits to an opening: keccak256 of the ABI-encoded words
    /// `keccak256("Open(address operator,address sessionKey,uint40 cap,uint64 expiry,uint256 fee,address feeRecipient,bytes32 salt)")`
    /// and the values in that order.
    function openNonce(Opening calldata opening, Sponsorship calldata sponsorship) external pure returns (bytes32);

    /// @notice {open} with `bonus` microcredits of the cap from the caller's bonus credits; the rest by allowance. They are
    /// spent first, and what is left of them goes back to {rewards}. The operator must be one that {rewards} trusts.
    function openWithBonus(Opening calldata opening, uint40 bonus) external returns (uint64 tabId);

    /// @notice {openWithBonus} by anyone, for a payer who signed an EIP-3009 authorization of $STELAI whose nonce is
    /// {bonusOpenNonce}; `authorization.value` is exactly `(cap − bonus) × 1e12 + sponsorship.fee`, which may be zero.
    function openWithBonusAndAuthorization(
        Opening calldata opening,
        uint40 bonus,
        Authorization calldata authorization,
        Sponsorship calldata sponsorship
    ) external returns (uint64 tabId);

    /// @notice The EIP-3009 nonce that commits to an opening with bonus credits: keccak256 of the ABI-encoded words
    /// `keccak256("OpenWithBonus(address operator,address sessionKey,uint40 cap,uint64 expiry,uint40 bonus,uint256 fee,address feeRecipient,bytes32 salt)")`
    /// and the values in that order.
    function bonusOpenNonce(
        Opening calldata opening,
        uint40 bonus,
        Sponsorship calldata sponsorship
    ) external pure returns (bytes32);

    /// @notice Adds to a tab's cap, paid by allowance. Payer. Always paid credits.
    function topUp(address operator, uint64 tabId, uint40 amount) external;

    /// @notice {topUp} by anyone with the payer's EIP-3009 authorization whose nonce is {topUpNonce}.
    function topUpWithAuthorization(
        address operator,
        uint64 tabId,
        uint40 amount,
        Authorization calldata authorization,
        Sponsorship calldata sponsorship
    ) external;

    /// @notice The EIP-3009 nonce that commits to a top-up: keccak256 of the ABI-encoded words
    /// `keccak256("TopUp(address operator,uint64 tabId,uint40 amount,uint256 fee,address feeRecipient,bytes32 salt)")`
    /// and the values in that order.
    function topUpNonce(
        address operator,
        uint64 tabId,
        uint40 amount,
        Sponsorship calldata sponsorship
    ) external pure returns (bytes32);

    /// @notice Serves longer. Payer, or anyone with the payer's signature over
    /// `Extend(address operator,uint64 tabId,uint64 expiry,uint256 nonce,uint256 deadline)`.
    function extend(address operator, uint64 tabId, uint64 expiry) external;

    /// @notice See {extend}.
    function extendBySignature(
        address operator,
        uint64 tabId,
        uint64 expiry,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @notice Another session key spends from now on; the old one settles for {THAW} more. Payer, or anyone
    /// with the payer's signature over
    /// `Rotate(address operator,uint64 tabId,address sessionKey,uint256 nonce,uint256 deadline)`.
    function rotate(address operator, uint64 tabId, address sessionKey) external;

    /// @notice See {rotate}.
    function rotateBySignature(
        address operator,
        uint64 tabId,
        address sessionKey,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @notice Asks to close: the expiry becomes now, and nothing raises it again. Payer, or anyone with the
    /// payer's signature over `RequestClose(address operator,uint64 tabId,uint256 nonce,uint256 deadline)`.
    function requestClose(address operator, uint64 tabId) external;

    /// @notice See {requestClose}.
    function requestCloseBySignature(
        address operator,
        uint64 tabId,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @notice Pays back at once what is left, when session key and operator both signed
    /// `Close(address operator,uint64 tabId,uint40 total)` with the settled total. The operator's
    /// signature may be empty when the operator itself calls.
    function close(
        address operator,
        uint64 tabId,
        uint40 total,
        bytes calldata sessionSignature,
        bytes calldata operatorSignature
    ) external;

    /// @notice Pays back what is left once `expiry + THAW` has passed. Anyone.
    function reclaim(address operator, uint64 tabId) external returns (uint40 refund);

    /// @notice Settles the caller's tabs. A bad row is skipped and reported; the rest pays.
    /// @param batch Packed rows: tabId (8 bytes), cumulative (5), receipts (32), r (32), vs (32, ERC-2098),
    /// line count (1, 1 to 16), lines (20 each: character 6, amount 5, inferences 3, milliunits 6).
    function settle(bytes calldata batch) external;

    /// @notice Settles vouchers that `operator` sealed. Anyone.
    /// @param batch As in {settle}, each row followed by the seal's r (32) and vs (32).
    function settleSealed(address operator, bytes calldata batch) external;

    /// @notice Moves what a character earned to Payouts. Anyone. Zero is no error.
    /// @return amount In microcredits.
    function collect(uint256 characterId) external returns (uint256 amount);

    /// @notice Moves what an operator's fees come to to Payouts. Anyone. Zero is no error.
    /// @return amount In microcredits.
    function collectFee(address operator) external returns (uint256 amount);

    /// @notice The EIP-712 digest of a voucher.
    function voucherDigest(
        address operator,
        uint64 tabId,
        uint40 base,
        uint40 cumulative,
        bytes32 lines,
        bytes32 receipts
    ) external view returns (bytes32);

    /// @notice The EIP-712 digest of a seal on a voucher: `Seal(bytes32 voucher)` over the voucher's struct hash.
    function sealDigest(
        address operator,
        uint64 tabId,
        uint40 base,
        uint40 cumulative,
        bytes32 lines,
        bytes32 receipts
    ) external view returns (bytes32);

    /// @notice Stops opening and topping up. Role GUARDIAN. Everything else goes on.
    function pause() external;

    /// @notice Resumes. Role ADMIN.
    function unpause() external;
}
