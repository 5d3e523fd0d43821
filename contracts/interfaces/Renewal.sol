// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice What a renewal would do now, or why it would not (DESIGN section 4). Plans and passes share it.
/// @dev `Due` renews; every other value says why not. Of several that hold `NotRenewing` comes first, then the order
/// below.
enum RenewalStatus {
    /// It can be renewed now.
    Due,
    /// The period that was paid for has not ended.
    NotDue,
    /// Nobody agreed to a renewal, or the agreement was cancelled.
    NotRenewing,
    /// It ended too long ago for the agreement to hold.
    Lapsed,
    /// Sales are stopped.
    Paused,
    /// A moderator suspended what is sold.
    Suspended,
    /// The holder is no longer on the allow list.
    NotAllowed,
    /// It is not sold any more.
    NotOffered,
    /// The price is above what the holder agreed to.
    PriceAboveMandate,
    /// The holder's balance is too small.
    BalanceTooLow,
    /// What the holder lets the contract take is too small.
    AllowanceTooLow
}
