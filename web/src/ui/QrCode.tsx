import { encode } from "uqr";

/** Modules of a QR code as one path, dark on light in both themes: scanners expect that. @param label What it leads to. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { border: 2 });
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
  return (
    <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <rect width={size} height={size} fill="#fffdf8" />
      <path d={path} fill="#1e1b16" />
    </svg>
  );
}
