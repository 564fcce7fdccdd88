// Makes formatted texts of messages fit for show: nothing runs, and nothing is loaded from outside.
import createDOMPurify, { type DOMPurify } from 'dompurify';
import { address } from './linkify';

const TAGS = [
  'a', 'abbr', 'b', 'blockquote', 'br', 'caption', 'cite', 'code', 'dd', 'del', 'div', 'dl', 'dt', 'em',
  'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr', 'i', 'img', 'ins', 'kbd', 'li', 'mark', 'ol', 'p', 'pre', 'q',
  's', 'samp', 'small', 'span', 'strike', 'strong', 'sub', 'sup', 'table', 'tbody', 'td', 'tfoot', 'th',
  'thead', 'time', 'tr', 'tt', 'u', 'ul', 'var',
];
const ATTRIBUTES = ['href', 'src', 'alt', 'title', 'lang', 'dir', 'colspan', 'rowspan', 'datetime', 'start'];

let purifier: DOMPurify | undefined;

/** HTML that is safe to put into the page. Pictures from outside become their description. */
export function cleanHtml(html: string): string {
  purifier ??= makePurifier();
  return purifier.sanitize(html, {
    ALLOWED_TAGS: TAGS,
    ALLOWED_ATTR: ATTRIBUTES,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
  });
}

function makePurifier(): DOMPurify {
  const made = createDOMPurify(window);
  made.addHook('afterSanitizeAttributes', node => {
    if (node.tagName === 'IMG' && !node.getAttribute('src')?.startsWith('data:image/')) {
      // Loading it would tell its sender that, when and where the message was read.
      node.replaceWith(`[${node.getAttribute('alt') || '…'}]`);
    }
    if (node.tagName !== 'IMG') node.removeAttribute('src');
    if (node.tagName !== 'A') return;
    const href = node.getAttribute('href') ?? '';
    if (!/^(https?|mailto):/i.test(href) || !address(href)) node.removeAttribute('href');
    else {
      node.setAttribute('target', '_blank');
      node.setAttribute('rel', 'noopener noreferrer');
    }
  });
  return made;
}
