// Makes the HTML of a mail into a document that can be shown in a frame of its own.

/** Nothing runs and nothing is asked for, whatever the mail says: loading a picture would tell its sender of the reader. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

const LOOK =
  'body{font:14px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",Arial,sans-serif;' +
  'margin:16px;color:#1d2330;background:#fff;overflow-wrap:anywhere}img{max-width:100%}';

/** The document; the policy stands before anything of the mail, so that nothing in it can come first. */
export function framed(html: string): string {
  return (
    `<!doctype html><meta http-equiv="Content-Security-Policy" content="${POLICY}">` +
    `<meta name="referrer" content="no-referrer"><style>${LOOK}</style>${html}`
  );
}
