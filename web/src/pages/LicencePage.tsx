import { LicenceView } from "../licences/LicenceView.tsx";
import NotFoundPage from "./NotFoundPage.tsx";

/** A licence by its number: the order for who holds it, the certificate for anyone. */
export default function LicencePage({ params }: { params: Record<string, string | undefined> }) {
  const id = params.id ?? "";
  // As many digits as the chain has for it.
  return /^[1-9]\d{0,14}$/.test(id) ? <LicenceView key={id} licenceId={BigInt(id)} /> : <NotFoundPage />;
}
