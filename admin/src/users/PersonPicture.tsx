// A person's picture, or the initials.
import { Avatar } from '@mui/material';
import { PersonAvatar } from '../components';

/** Pictures from other servers are not loaded: they would learn who reads what. */
function isOwn(address: string | null | undefined): address is string {
  return !!address && (/^\/[^/]/.test(address) || address.startsWith('data:image/'));
}

/** Picture of a person. */
export function PersonPicture({ name, url, size = 26 }: { name: string; url?: string | null; size?: number }) {
  if (!isOwn(url)) return <PersonAvatar name={name} size={size} />;
  return <Avatar src={url} alt="" sx={{ width: size, height: size }} />;
}
