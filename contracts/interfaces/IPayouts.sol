// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title The one door for everything that is earned
/// @notice A *payee* is a uint256: below 2^160 an address, otherwise a split, named by the hash of its shares.
/// Receiving is O(1): only the payee's running total moves. Anyone may flow a split's share on; only the
/// recipient withdraws. Always: `stelai.balanceOf(this) ≥ Σ claimable + Σ what splits have not flowed`.
interface IPayouts {
    /// @notice One recipient of a split.
    /// @param recipient A payee: an address, or another split.
    /// @param bps Its part in ten-thousandths.
    struct Share {
        uint256 recipient;
        uint16 bps;
    }

    /// @notice One step from a split to one of its recipients.
    /// @param shares All shares of the split, as registered.
    /// @param index Which of them.
    struct Flow {
        Share[] shares;
        uint256 index;
    }

    /// @notice Emitted when a split's shares are published, once.
    event SplitRegistered(uint256 indexed split, Share[] shares);

    /// @notice Emitted when an earning arrived.
    /// @param payee Who earned: an address or a split.
    /// @param source The contract (or account) that paid it in.
    /// @param ref What it was for; the source says how to read it.
    /// @param amount Gross, in wei of STELAI.
    /// @param commission The treasury's part of it.
    event Earned(
        uint256 indexed payee,
        address indexed source,
        bytes32 indexed ref,
        uint256 amount,
        uint256 commission
    );

    /// @notice Emitted when a split's share moved on to its recipient.
    event Flowed(uint256 indexed split, uint256 indexed recipient, uint256 amount);

    /// @notice Emitted when an account withdrew.
    /// @param redeemed Reserve units paid, when it was redeemed in the same call, else zero.
    event Claimed(address indexed account, address indexed to, uint256 amount, uint256 redeemed);

    /// @notice Emitted when an earning contract's commission changed.
    event CommissionSet(address indexed source, uint16 bps);

    /// @notice Thrown when a split's shares are empty, more than 32, not strictly ascending, zero, or
    /// do not add up to 10,000.
    error InvalidShares();
    /// @notice Thrown when a split was registered before.
    error SplitAlreadyRegistered(uint256 split);
    /// @notice Thrown when a payee is zero, or a split that was never registered.
    error UnknownPayee(uint256 payee);
    /// @notice Thrown when a commission is above {MAX_COMMISSION_BPS}.
    error CommissionTooHigh(uint16 bps);
    /// @notice Thrown when a flow names a share that is not there.
    error ShareOutOfRange(uint256 index);
    /// @notice Thrown when the account has nothing to claim.
    error NothingToClaim(address account);
    /// @notice Thrown when the amount is zero.
    error ZeroAmount();
    /// @notice Thrown when the recipient is the zero address.
    error ZeroRecipient();

    /// @notice 3,000: no commission is above 30 %.
    function MAX_COMMISSION_BPS() external view returns (uint16);

    /// @notice $STELAI.
    function stelai() external view returns (address);

    /// @notice Who receives the commission; claims it like anyone.
    function treasury() external view returns (address);

    /// @notice The commission on what `source` pays in, in ten-thousandths.
    function commissionOf(address source) external view returns (uint16 bps);

    /// @notice What an account can claim now, without flows, in wei of STELAI.
    function claimable(address account) external view returns (uint256);

    /// @notice All that a split ever received, net of commission, in wei of STELAI.
    function receivedBySplit(uint256 split) external view returns (uint256);

    /// @notice What already flowed from a split to its share `index`.
    function flowed(uint256 split, uint256 index) external view returns (uint256);

    /// @notice Whether `payee` can earn: an address, or a registered split.
    function isPayee(uint256 payee) external view returns (bool);

    /// @notice The name of a split with these shares. Reverts when they are invalid.
    function splitOf(Share[] calldata shares) external pure returns (uint256 split);

    /// @notice Publishes a split: 1 to 32 shares, recipients strictly ascending, sum exactly 10,000.
    /// Anyone, once; immutable from then on. A share's recipient that is a split must be registered.
    function registerSplit(Share[] calldata shares) external returns (uint256 split);

    /// @notice Takes `amount` from the caller (by allowance) and credits the payee, less the caller's commission.
    /// @param ref What it is for.
    function earn(uint256 payee, uint256 amount, bytes32 ref) external;

    /// @notice {earn} under the commission that the caller pinned when the payment was agreed to, whatever it is now; at
    /// most {MAX_COMMISSION_BPS}.
    /// @param payee Address or registered split.
    /// @param amount In wei of STELAI, not zero.
    /// @param ref What it is for.
    /// @param commissionBps In ten-thousandths.
    function earnAt(uint256 payee, uint256 amount, bytes32 ref, uint16 commissionBps) external;

    /// @notice Moves on what a share of a split is due. Anyone. Zero due is no error.
    /// @return amount In wei of STELAI.
    function flow(Flow calldata step) external returns (uint256 amount);

    /// @notice Runs `steps` (outermost split first), then withdraws all the caller can claim.
    /// @return amount In wei of STELAI.
    function claim(Flow[] calldata steps, address to) external returns (uint256 amount);

    /// @notice {claim}, redeemed at the floor in the same call.
    /// @param minimum The least to accept, in reserve units.
    /// @return paid In reserve units.
    function claimAndRedeem(Flow[] calldata steps, address to, uint256 minimum) external returns (uint256 paid);

    /// @notice Sets a source's commission for what it pays in from now on. Role COMMISSION, delayed.
    function setCommission(address source, uint16 bps) external;
}
