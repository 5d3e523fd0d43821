import ReactMarkdown, { type Components } from "react-markdown";

const components: Components = {
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noreferrer nofollow ugc">
      {children}
    </a>
  ),
  // A picture in an answer would tell its host who reads it: it becomes a link.
  img: ({ src, alt }) => (
    <a href={typeof src === "string" ? src : undefined} target="_blank" rel="noreferrer nofollow ugc">
      {alt || src}
    </a>
  ),
  // Headings inside an answer do not belong to the page's outline.
  h1: "h4",
  h2: "h4",
  h3: "h4",
};

/** Renders Markdown; raw HTML in it stays text. */
export default function MarkdownRendered({ children }: { children: string }) {
  return <ReactMarkdown components={components}>{children}</ReactMarkdown>;
}
