// A picture for show: read with the rights of the reader and kept by the browser as long as somebody looks at it.
import { useEffect, useState } from 'react';
import { readBytes } from '../api/bytes';

/** Where a picture comes from. */
export type PictureSource = { file: Blob } | { path: string };

/** Address of the picture within the page; `failed` when there is none to show. */
export function usePicture(source: PictureSource | undefined): { url?: string; failed?: unknown } {
  const file = source && 'file' in source ? source.file : undefined;
  const path = source && 'path' in source ? source.path : undefined;
  const [shown, setShown] = useState<{ url?: string; failed?: unknown }>({});
  useEffect(() => {
    if (!file && !path) return undefined;
    const control = new AbortController();
    let url: string | undefined;
    const show = (bytes: Blob) => {
      if (control.signal.aborted) return;
      url = URL.createObjectURL(bytes);
      setShown({ url });
    };
    if (file) show(file);
    else if (path) {
      readBytes(path, control.signal).then(show, (failed: unknown) => {
        if (!control.signal.aborted) setShown({ failed });
      });
    }
    return () => {
      control.abort();
      if (url) URL.revokeObjectURL(url);
      setShown({});
    };
  }, [file, path]);
  return shown;
}
