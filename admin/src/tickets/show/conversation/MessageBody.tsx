// The text of a message: plain with links and quotations, or formatted where it came so.
import { Box, Link } from '@mui/material';
import { memo, useMemo } from 'react';
import { cleanHtml } from './cleanHtml';
import { linkify, toBlocks } from './linkify';

const PROSE = { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', lineHeight: 1.5, fontSize: '0.9rem' } as const;

function Linked({ text }: { text: string }) {
  return linkify(text).map((piece, at) =>
    piece.href ? (
      <Link key={at} href={piece.href} target="_blank" rel="noopener noreferrer">
        {piece.text}
      </Link>
    ) : (
      piece.text
    )
  );
}

function Plain({ text }: { text: string }) {
  const blocks = useMemo(() => toBlocks(text), [text]);
  return blocks.map((block, at) =>
    block.quoted ? (
      <Box
        key={at}
        component="blockquote"
        sx={{ ...PROSE, m: 0, my: 0.5, pl: 1.25, borderLeft: 3, borderColor: 'divider', color: 'text.secondary' }}
      >
        <Linked text={block.text} />
      </Box>
    ) : (
      <Box key={at} sx={{ ...PROSE, '& + &': { mt: 1 } }}>
        <Linked text={block.text} />
      </Box>
    )
  );
}

function Formatted({ html }: { html: string }) {
  const clean = useMemo(() => cleanHtml(html), [html]);
  return (
    <Box
      sx={{
        overflowWrap: 'anywhere',
        lineHeight: 1.5,
        fontSize: '0.9rem',
        overflowX: 'auto',
        '& p': { my: 0.75 },
        '& > :first-of-type': { mt: 0 },
        '& > :last-child': { mb: 0 },
        '& h1, & h2, & h3, & h4, & h5, & h6': { fontSize: '1rem', my: 1 },
        '& a[href]': { color: 'primary.main' },
        '& img': { maxWidth: '100%', height: 'auto' },
        '& blockquote': { m: 0, my: 0.5, pl: 1.25, borderLeft: 3, borderColor: 'divider', color: 'text.secondary' },
        '& pre, & code': { fontSize: '0.9em', bgcolor: 'action.hover', borderRadius: 0.5 },
        '& pre': { p: 1, overflowX: 'auto' },
        '& td, & th': { border: 1, borderColor: 'divider', px: 1, py: 0.25 },
        '& table': { borderCollapse: 'collapse' },
      }}
      dangerouslySetInnerHTML={{ __html: clean }}
    />
  );
}

/** What a message says. */
export const MessageBody = memo(function MessageBody({ body, html }: { body: string; html?: string | null }) {
  return html ? <Formatted html={html} /> : <Plain text={body} />;
});
