import { Component, type ReactNode } from "react";

export interface ErrorBoundaryProps {
  /** Drawn in place of what failed; `retry` draws it anew. */
  fallback: (error: unknown, retry: () => void) => ReactNode;
  /** When this changes, what failed is drawn anew. */
  resetKey?: string;
  children: ReactNode;
}

/** Keeps an error where it happened: the rest of the page goes on. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { error: unknown; failed: boolean }> {
  override state = { error: undefined as unknown, failed: false };

  static getDerivedStateFromError(error: unknown) {
    return { error, failed: true };
  }

  override componentDidUpdate(previous: ErrorBoundaryProps) {
    if (this.state.failed && previous.resetKey !== this.props.resetKey) this.retry();
  }

  private retry = () => this.setState({ error: undefined, failed: false });

  override render() {
    return this.state.failed ? this.props.fallback(this.state.error, this.retry) : this.props.children;
  }
}
