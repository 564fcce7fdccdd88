// Who may remove which file.
import type { Upload } from '../types';

/** Whether a person may remove a file; `reach` is how far the right goes. */
export function mayRemove(upload: Upload, reach: string | undefined, me: string | undefined): boolean {
  if (upload.state === 'deleting' || !reach) return false;
  if (reach === 'all') return true;
  const own = me !== undefined && upload.created_by === me;
  return own && (reach === 'own' || (reach === 'unlinked' && !upload.link));
}
