import { createServer } from "node:net";

/** The services of the local stack, the variable that sets each port, and its default. */
export const PORTS = {
  chain: { variable: "CHAIN_PORT", standard: 8545 },
  relayer: { variable: "RELAYER_PORT", standard: 8787 },
  indexer: { variable: "INDEXER_PORT", standard: 42069 },
  web: { variable: "WEB_PORT", standard: 5173 },
} as const;

export type Service = keyof typeof PORTS;
export type Ports = Record<Service, number>;

/** Thrown when a port of the stack is taken or is not a port at all. */
export class PortError extends Error {
  override readonly name = "PortError";
}

/** Reads the ports from the environment. */
export function portsFrom(environment: NodeJS.ProcessEnv): Ports {
  const read = (service: Service): number => {
    const { variable, standard } = PORTS[service];
    const text = environment[variable];
    if (text === undefined || text === "") return standard;
    const port = Number(text);
    if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
    throw new PortError(`${variable}=${text} is not a port: give a number from 1 to 65535.`);
  };
  return { chain: read("chain"), relayer: read("relayer"), indexer: read("indexer"), web: read("web") };
}

/** Refuses to start on a port that somebody else holds. */
export async function assertFree(ports: Ports): Promise<void> {
  for (const service of Object.keys(PORTS) as Service[]) {
    if (await isFree(ports[service])) continue;
    const { variable } = PORTS[service];
    throw new PortError(
      `Port ${ports[service]} (the ${service}'s) is in use. Stop what listens there, or choose another: ` +
        `${variable}=${ports[service] + 1} npm start`,
    );
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}

/** Four ports that nobody holds at this moment, for a stack beside others. */
export async function freePorts(): Promise<Ports> {
  const take = () =>
    new Promise<number>((resolve, reject) => {
      const probe = createServer();
      probe.once("error", reject);
      probe.listen(0, "127.0.0.1", () => {
        const address = probe.address();
        if (address === null || typeof address === "string") return reject(new Error("no port"));
        probe.close(() => resolve(address.port));
      });
    });
  return { chain: await take(), relayer: await take(), indexer: await take(), web: await take() };
}
