/**
 * Stands in for WalletConnect's own dialog, which is never opened (`showQrModal: false`): the dApp draws its own code,
 * and thirty chunks need not be built.
 */
export function createAppKit(): never {
  throw new Error("WalletConnect's own dialog is not part of this build");
}
