/**
 * Uniswap v3 on a local chain, from the bytecode that Uniswap published to npm, with one pool of wrapped ether and the
 * test dollars: what people pay with ETH through is the real router.
 */
import factoryArtifact from "@uniswap/v3-core/artifacts/contracts/UniswapV3Factory.sol/UniswapV3Factory.json" with {
  type: "json",
};
import positionsArtifact from "@uniswap/v3-periphery/artifacts/contracts/NonfungiblePositionManager.sol/NonfungiblePositionManager.json" with {
  type: "json",
};
import routerArtifact from "@uniswap/v3-periphery/artifacts/contracts/SwapRouter.sol/SwapRouter.json" with {
  type: "json",
};
import { type Contract, ContractFactory, MaxUint256, parseEther, parseUnits, type Signer, ZeroAddress } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";

/** The pool's fee, in hundredths of a basis point: the tier that most of the trade of ETH and USDC has. */
export const POOL_FEE = 500;
/** What the pool begins with: 2,500 dollars an ETH. */
export const POOL_ETH = parseEther("400");
export const POOL_DOLLARS = parseUnits("1000000", 6);
/** The whole range of prices, in the pool's steps of 10. */
const TICK = 887_270;

type Artifact = { abi: unknown[]; bytecode: string };
const artifactOf = (json: unknown) => json as Artifact;

/** Where it all is. */
export type Uniswap = { router: string; positions: string; weth: string };

/**
 * Deploys it and gives the pool its first liquidity, out of the deployer's ETH and the faucet.
 * @param reserve A `TestUSDC`.
 */
export async function deployUniswap(connection: NetworkConnection<string>, reserve: string): Promise<Uniswap> {
  const { ethers } = connection;
  const [deployer] = await ethers.getSigners();
  if (!deployer) throw new Error("The network has no account to deploy with.");
  const create = async (json: unknown, ...values: unknown[]) => {
    const { abi, bytecode } = artifactOf(json);
    const contract = await new ContractFactory(abi as never, bytecode, deployer as Signer).deploy(...values);
    return (await contract.waitForDeployment()) as Contract;
  };
  const weth = await ethers.deployContract("TestWETH");
  await weth.waitForDeployment();
  const wethAddress = await weth.getAddress();
  const factory = await create(factoryArtifact);
  const router = await create(routerArtifact, factory.target, wethAddress);
  // Without a descriptor a position has no picture, and nothing else is missing.
  const positions = await create(positionsArtifact, factory.target, wethAddress, ZeroAddress);

  const dollars = await ethers.getContractAt("TestUSDC", reserve);
  const send = async (call: Promise<{ wait(): Promise<unknown> }>) => (await call).wait();
  await send(dollars.getFunction("mint")(deployer.address, POOL_DOLLARS));
  await send(weth.getFunction("deposit")({ value: POOL_ETH }));
  for (const token of [dollars, weth]) await send(token.getFunction("approve")(positions.target, MaxUint256));

  const isWethFirst = BigInt(wethAddress) < BigInt(reserve);
  const [token0, token1] = isWethFirst ? [wethAddress, reserve] : [reserve, wethAddress];
  const [amount0, amount1] = isWethFirst ? [POOL_ETH, POOL_DOLLARS] : [POOL_DOLLARS, POOL_ETH];
  const price = squareRoot((amount1 << 192n) / amount0);
  await send(positions.getFunction("createAndInitializePoolIfNecessary")(token0, token1, POOL_FEE, price));
  const position = {
    ...{ token0, token1, fee: POOL_FEE, tickLower: -TICK, tickUpper: TICK },
    ...{ amount0Desired: amount0, amount1Desired: amount1, amount0Min: 0n, amount1Min: 0n },
    ...{ recipient: deployer.address, deadline: MaxUint256 },
  };
  // In a second of its own the pool also writes down its price: an estimate made in the second before is too small.
  await send(positions.getFunction("mint")(position, { gasLimit: 2_000_000n }));
  return { router: String(router.target), positions: String(positions.target), weth: wethAddress };
}

/** The largest whole number whose square is not above `value`, by Newton's method. */
function squareRoot(value: bigint): bigint {
  let root = 1n << BigInt((value.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}
