// The text of a message: plain with links and quotations, or formatted.
import { Box } from '@mui/material';
import { useMemo } from 'react';
import { cleanHtml } from '../tickets/show/conversation/cleanHtml';
import { linkify, toBlocks } from '../tickets/show/conversation/linkify';

const QUOTE = { borderLeft: 3, borderColor: 'divider', pl: 1.5, my: 1, color: 'text.secondary' } as const;

/** Shows plain text, or formatted text after it was cleaned once more. */
export function MessageText({ body, html }: { body: string; html: string | null }) {
  return html ? <Formatted html={html} /> : <Plain text={body} />;
}

function Formatted({ html }: { html: string }) {
  const clean = useMemo(() => ({ __html: cleanHtml(html) }), [html]);
  return (
    <Box
      sx={{
        overflowWrap: 'anywhere',
        overflowX: 'auto',
        '& p': { my: 0.75 },
        '& > :first-of-type': { mt: 0 },
        '& > :last-child': { mb: 0 },
        '& a': { color: 'primary.main' },
        '& img': { maxWidth: '100%', height: 'auto' },
        '& pre': { whiteSpace: 'pre-wrap' },
        '& blockquote': { ...QUOTE, mx: 0 },
        '& td, & th': { border: 1, borderColor: 'divider', px: 1 },
      }}
      dangerouslySetInnerHTML={clean}
    />
  );
}

function Plain({ text }: { text: string }) {
  const blocks = useMemo(() => toBlocks(text), [text]);
  return blocks.map((block, at) => (
    <Box
      key={at}
      component={block.quoted ? 'blockquote' : 'div'}
      sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', ...(block.quoted && { ...QUOTE, mx: 0 }) }}
    >
      {linkify(block.text).map((piece, place) =>
        piece.href ? (
          <Box
            key={place}
            component="a"
            href={piece.href}
            target="_blank"
            rel="noopener noreferrer"
            sx={{ color: 'primary.main' }}
          >
            {piece.text}
          </Box>
        ) : (
          piece.text
        )
      )}
    </Box>
  ));
}
