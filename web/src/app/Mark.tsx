/** The mark: a stele with three carved lines. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden focusable="false">
      <path d="M7 29V13a9 9 0 0 1 18 0v16z" fill="currentColor" />
      <path d="M12 13h8M12 18h8M12 23h5" fill="none" stroke="var(--bg)" strokeWidth="1.75" strokeLinecap="square" />
    </svg>
  );
}
