/// <reference lib="dom" />
/** Finds visible strings that bypass the message catalogue, on a page opened in the pseudo-locale (`?locale=en-XA`). */
import type { Page } from "playwright-core";

/**
 * Texts with a plain Latin letter, which the pseudo-locale has none of. What people wrote, names, hashes and numbers with
 * units are marked `translate="no"` in the page and left out, as is what is typed.
 * @param content What people and operators wrote and the page passes on: names, greetings, tags. It may stand inside of a
 *   sentence, so it is taken out of a text before that is judged.
 * @returns `tag: text` of each, in the order of the page.
 */
export function untranslated(page: Page, content: readonly string[] = []): Promise<string[]> {
  const longestFirst = content.filter((text) => text !== "").sort((a, b) => b.length - a.length);
  return page.evaluate((known) => {
    const found: string[] = [];
    // As Intl writes a month, a day or a moment: it has no pseudo-locale.
    const moment = /[A-Z][a-z]{2,8} (\d{4}|\d{1,2}(, \d{4}(, \d{1,2}:\d{2}\s[AP]M)?)?)/g;
    // And a span, or how long ago something was.
    const span = /\d+ (second|minute|hour|day|hr|min|sec)s?( ago)?/g;
    // An address or a hash, whole or shortened.
    const hex = /0x[0-9a-fA-F]+(…[0-9a-fA-F]+)?/g;
    const isPlain = (text: string) => {
      const words = [moment, span, hex].reduce((rest, written) => rest.replace(written, ""), text);
      return /[a-zA-Z]/.test(known.reduce((rest, one) => rest.replaceAll(one, ""), words));
    };
    const exempt = (element: Element | null) =>
      element?.closest('[translate="no"], textarea, script, style, noscript') != null;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.textContent?.trim() ?? "";
      if (isPlain(text) && !exempt(node.parentElement))
        found.push(`${node.parentElement?.tagName.toLowerCase()}: ${text}`);
    }
    for (const element of document.body.querySelectorAll("[aria-label], [placeholder], [alt], [title]")) {
      if (exempt(element)) continue;
      for (const name of ["aria-label", "placeholder", "alt", "title"]) {
        const text = element.getAttribute(name) ?? "";
        if (isPlain(text)) found.push(`${element.tagName.toLowerCase()}[${name}]: ${text}`);
      }
    }
    return found;
  }, longestFirst);
}
