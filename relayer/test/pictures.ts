const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** The beginning of a PNG: as much as tells its type and dimensions. */
export function png(width: number, height: number): Uint8Array {
  const header = Buffer.alloc(17);
  header.write("IHDR");
  header.writeUInt32BE(width, 4);
  header.writeUInt32BE(height, 8);
  header.set([8, 6, 0, 0, 0], 12);
  return Uint8Array.from([...SIGNATURE, 0, 0, 0, 13, ...header]);
}
