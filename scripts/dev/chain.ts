/** The local chain as a process: `node scripts/dev/chain.ts <port>`. Mines at once, and a block every second. */
import hre from "hardhat";

const port = Number(process.argv[2]);
const server = await hre.network.createServer("node", "127.0.0.1", port);
const { address, port: actual } = await server.listen();
console.log(`The local chain listens on http://${address}:${actual}`);
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void server.close().then(() => process.exit(0)));
}
