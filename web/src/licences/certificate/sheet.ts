/** What is printed on a certificate, in words: everything a reader needs to check it without us. */
export interface CertificateSheet {
  /** BCP 47, for screen readers. */
  readonly language: string;
  readonly brand: string;
  /** "Certificate of licence". */
  readonly heading: string;
  /** "Licence 12". */
  readonly number: string;
  /** The work's, in its owner's words. */
  readonly title: string;
  /** "by Ada". */
  readonly by: string;
  /** Whose words title and picture are, and of when. */
  readonly said: string;
  /** "Commercial licence, for ever". */
  readonly right: string;
  readonly facts: readonly CertificateFact[];
  /** What the terms say in short; empty where their text is not known. */
  readonly allowances: readonly Allowance[];
  readonly check: {
    readonly heading: string;
    readonly text: string;
    /** Where anyone checks it; in the code, too. */
    readonly url: string;
  };
  /** Hashes and numbers of the chain, whole. */
  readonly proofs: readonly CertificateFact[];
  /** When it was printed, and what counts. */
  readonly foot: string;
}

export interface CertificateFact {
  readonly label: string;
  readonly value: string;
}

/** What the terms allow, or do not, a sentence each. */
export interface Allowance {
  readonly heading: string;
  readonly lines: readonly string[];
}

/** A picture in the document; sizes in its own pixels. */
export interface Picture {
  /** PNG or JPEG. */
  readonly bytes: ArrayBuffer;
  readonly width: number;
  readonly height: number;
}
