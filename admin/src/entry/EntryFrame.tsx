// The frame of pages that need no log-in: the mark, a heading and a card in the middle of the window.
import { Box, Card, CardContent, Stack, Typography } from '@mui/material';
import { useEffect, type ReactNode } from 'react';
import { Notification } from 'react-admin';

/** A page of its own, without bar and menu. */
export function EntryFrame({ title, children }: { title: string; children: ReactNode }) {
  useEffect(() => {
    const before = document.title;
    document.title = `${title} · Stoa`;
    return () => {
      document.title = before;
    };
  }, [title]);
  return (
    <Box
      component="main"
      sx={{ minHeight: '100vh', display: 'grid', placeItems: 'center', p: 2, bgcolor: 'background.default' }}
    >
      <Card sx={{ width: '100%', maxWidth: 400 }}>
        <CardContent sx={{ p: { xs: 2, sm: 3 } }}>
          <Stack direction="row" spacing={1.5} sx={{ alignItems: 'center', mb: 2 }}>
            <img src="/favicon.svg" alt="" width={32} height={32} />
            <Typography component="h1" variant="h5">
              {title}
            </Typography>
          </Stack>
          {children}
        </CardContent>
      </Card>
      <Notification />
    </Box>
  );
}
