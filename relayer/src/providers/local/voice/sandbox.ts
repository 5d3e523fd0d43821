/** WASI's numbers (preview 1): errors, kinds of files, and flags of opening. */
const OK = 0;
const BAD_DESCRIPTOR = 8;
const NO_ENTRY = 44;
const CHARACTER_DEVICE = 2;
const DIRECTORY = 3;
const REGULAR_FILE = 4;
const CREATE = 1;
const TRUNCATE = 8;
const ALL_RIGHTS = 0xffff_ffff_ffff_ffffn;

/** The one folder that there is; 0 to 2 are the standard streams. */
const ROOT = 3;
const ROOT_NAME = "/";

type File = { bytes: Uint8Array; length: number };
type Open = { file: File; at: number };

/** Thrown by the program's own exit, to leave it. */
class Exit extends Error {
  readonly code: number;

  constructor(code: number) {
    super(`ended with ${code}`);
    this.code = code;
  }
}

/**
 * Runs a WASI program (preview 1) that reads and writes files, with files that are in memory alone: it sees nothing of
 * this machine, and nothing of what it works on reaches a disk. Only what flite needs of WASI is here; the clock stands
 * still, so that the same input makes the same output.
 * @returns the exit code, and the files as they are afterwards.
 */
export async function run(
  module: WebAssembly.Module,
  args: readonly string[],
  input: Readonly<Record<string, Uint8Array>>,
): Promise<{ code: number; files: ReadonlyMap<string, Uint8Array> }> {
  const files = new Map<string, File>(
    Object.entries(input).map(([name, bytes]) => [name, { bytes, length: bytes.length }]),
  );
  const open = new Map<number, Open>();
  let memory = new WebAssembly.Memory({ initial: 0 });
  const view = () => new DataView(memory.buffer);
  const bytesAt = (at: number, length: number) => new Uint8Array(memory.buffer, at, length);
  const words = args.map((word) => new TextEncoder().encode(`${word}\0`));

  /** Buffers of a scattered read or a gathered write. */
  const buffers = (at: number, count: number) =>
    Array.from({ length: count }, (_, index) =>
      bytesAt(view().getUint32(at + index * 8, true), view().getUint32(at + index * 8 + 4, true)),
    );

  const wasi_snapshot_preview1 = {
    args_sizes_get(count: number, size: number): number {
      view().setUint32(count, words.length, true);
      view().setUint32(
        size,
        words.reduce((sum, word) => sum + word.length, 0),
        true,
      );
      return OK;
    },
    args_get(pointers: number, buffer: number): number {
      let at = buffer;
      for (const [index, word] of words.entries()) {
        view().setUint32(pointers + index * 4, at, true);
        bytesAt(at, word.length).set(word);
        at += word.length;
      }
      return OK;
    },
    clock_time_get(_clock: number, _precision: bigint, time: number): number {
      view().setBigUint64(time, 0n, true);
      return OK;
    },
    fd_prestat_get(descriptor: number, to: number): number {
      if (descriptor !== ROOT) return BAD_DESCRIPTOR;
      view().setUint32(to, 0, true);
      view().setUint32(to + 4, ROOT_NAME.length, true);
      return OK;
    },
    fd_prestat_dir_name(descriptor: number, to: number, length: number): number {
      if (descriptor !== ROOT) return BAD_DESCRIPTOR;
      bytesAt(to, length).set(new TextEncoder().encode(ROOT_NAME).subarray(0, length));
      return OK;
    },
    fd_fdstat_get(descriptor: number, to: number): number {
      if (descriptor > ROOT && !open.has(descriptor)) return BAD_DESCRIPTOR;
      bytesAt(to, 24).fill(0);
      const kind = descriptor === ROOT ? DIRECTORY : descriptor < ROOT ? CHARACTER_DEVICE : REGULAR_FILE;
      view().setUint8(to, kind);
      view().setBigUint64(to + 8, ALL_RIGHTS, true);
      view().setBigUint64(to + 16, ALL_RIGHTS, true);
      return OK;
    },
    fd_fdstat_set_flags: (): number => OK,
    path_open(
      _folder: number,
      _lookup: number,
      path: number,
      length: number,
      flags: number,
      _rights: bigint,
      _inherited: bigint,
      _mode: number,
      to: number,
    ): number {
      const name = new TextDecoder().decode(bytesAt(path, length));
      let file = files.get(name);
      if (file === undefined && (flags & CREATE) === 0) return NO_ENTRY;
      if (file === undefined || (flags & TRUNCATE) !== 0) file = { bytes: new Uint8Array(0), length: 0 };
      files.set(name, file);
      let descriptor = ROOT + 1;
      while (open.has(descriptor)) descriptor += 1;
      open.set(descriptor, { file, at: 0 });
      view().setUint32(to, descriptor, true);
      return OK;
    },
    fd_close: (descriptor: number): number => (open.delete(descriptor) ? OK : BAD_DESCRIPTOR),
    fd_read(descriptor: number, at: number, count: number, to: number): number {
      const stream = open.get(descriptor);
      if (stream === undefined) return BAD_DESCRIPTOR;
      let read = 0;
      for (const buffer of buffers(at, count)) {
        const part = stream.file.bytes.subarray(stream.at, Math.min(stream.file.length, stream.at + buffer.length));
        buffer.set(part);
        stream.at += part.length;
        read += part.length;
      }
      view().setUint32(to, read, true);
      return OK;
    },
    fd_write(descriptor: number, at: number, count: number, to: number): number {
      const stream = open.get(descriptor);
      if (stream === undefined && descriptor >= ROOT) return BAD_DESCRIPTOR;
      let written = 0;
      for (const buffer of buffers(at, count)) {
        if (stream !== undefined) append(stream, buffer);
        written += buffer.length;
      }
      view().setUint32(to, written, true);
      return OK;
    },
    fd_seek(descriptor: number, offset: bigint, from: number, to: number): number {
      const stream = open.get(descriptor);
      if (stream === undefined) return BAD_DESCRIPTOR;
      const base = from === 0 ? 0 : from === 1 ? stream.at : stream.file.length;
      stream.at = Math.max(0, base + Number(offset));
      view().setBigUint64(to, BigInt(stream.at), true);
      return OK;
    },
    proc_exit(code: number): never {
      throw new Exit(code);
    },
  };

  const { exports } = await WebAssembly.instantiate(module, { wasi_snapshot_preview1 });
  if (!(exports.memory instanceof WebAssembly.Memory) || typeof exports._start !== "function") {
    throw new TypeError("no WASI program");
  }
  memory = exports.memory;
  const code = exitOf(() => (exports._start as () => void)());
  return { code, files: new Map([...files].map(([name, { bytes, length }]) => [name, bytes.subarray(0, length)])) };
}

/** Writes at a stream's place, in a buffer that doubles when it is full. */
function append(stream: Open, bytes: Uint8Array): void {
  const end = stream.at + bytes.length;
  if (end > stream.file.bytes.length) {
    const larger = new Uint8Array(Math.max(end, stream.file.bytes.length * 2));
    larger.set(stream.file.bytes.subarray(0, stream.file.length));
    stream.file.bytes = larger;
  }
  stream.file.bytes.set(bytes, stream.at);
  stream.at = end;
  stream.file.length = Math.max(stream.file.length, end);
}

function exitOf(start: () => void): number {
  try {
    start();
    return 0;
  } catch (error) {
    if (error instanceof Exit) return error.code;
    throw error;
  }
}
