import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

/** Where there is a Uniswap v3: credits for ETH. It has no rights, so it is no part of the hand-over. */
export default buildModule("EthCheckout", (m) => ({
  ethCheckout: m.contract("EthCheckout", [m.getParameter<string>("creditStore"), m.getParameter<string>("router")]),
}));
