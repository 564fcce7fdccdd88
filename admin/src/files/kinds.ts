// What sort of file it is: by its type, or by its name where browsers know no type.

/** Sorts that have an icon of their own. */
export type FileKind =
  | 'picture'
  | 'pdf'
  | 'sheet'
  | 'slides'
  | 'document'
  | 'text'
  | 'archive'
  | 'audio'
  | 'video'
  | 'mail'
  | 'other';

/** Pictures that Stoa hands out for show; none can hold script. */
const SHOWN = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/bmp'];
/** Larger pictures are not loaded unless somebody asks. */
const LARGEST_SHOWN = 10 * 1024 * 1024;

/** Types by the ending of the name, where browsers leave the type out or call it otherwise than Stoa. */
const BY_ENDING: Record<string, string> = {
  csv: 'text/csv',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  eml: 'message/rfc822',
  gz: 'application/gzip',
  heic: 'image/heic',
  heif: 'image/heif',
  ics: 'text/calendar',
  json: 'application/json',
  log: 'text/plain',
  m4a: 'audio/mp4',
  md: 'text/markdown',
  mov: 'video/quicktime',
  mp3: 'audio/mpeg',
  odp: 'application/vnd.oasis.opendocument.presentation',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  odt: 'application/vnd.oasis.opendocument.text',
  pdf: 'application/pdf',
  ppt: 'application/vnd.ms-powerpoint',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  rtf: 'application/rtf',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  txt: 'text/plain',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  zip: 'application/zip',
};
const MEDIA_TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]*\/[a-z0-9][a-z0-9!#$&^_.+-]*$/;
const UNKNOWN = 'application/octet-stream';

/** The type to send a file as. */
export function mediaType({ name, type }: { name: string; type: string }): string {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase();
  const known = ending && BY_ENDING[ending];
  if (known) return known;
  const told = type.split(';')[0]?.trim().toLowerCase() ?? '';
  if (told === 'image/jpg') return 'image/jpeg';
  return MEDIA_TYPE.test(told) ? told : UNKNOWN;
}

/** The sort of a type. */
export function kindOf(type: string): FileKind {
  if (type.startsWith('image/')) return 'picture';
  if (type.startsWith('audio/')) return 'audio';
  if (type.startsWith('video/')) return 'video';
  if (type === 'application/pdf') return 'pdf';
  if (type === 'message/rfc822') return 'mail';
  if (/spreadsheet|ms-excel|text\/csv/.test(type)) return 'sheet';
  if (/presentation|ms-powerpoint/.test(type)) return 'slides';
  if (/wordprocessing|opendocument\.text|msword|rtf/.test(type)) return 'document';
  if (/zip|x-tar|rar|7z|bzip/.test(type)) return 'archive';
  if (type.startsWith('text/') || type === 'application/json') return 'text';
  return 'other';
}

/** Whether a picture of it can be shown. */
export function isShown(type: string, size: number): boolean {
  return SHOWN.includes(type) && size <= LARGEST_SHOWN;
}

/** The name under which a file goes out. Browsers call every pasted picture alike. */
export function nameOf(file: { name: string }, pasted: boolean, now: Date): string {
  const anonymous = /^image\.(png|jpe?g|gif|webp|bmp)$/i.exec(file.name);
  if (!pasted || !anonymous) return file.name || 'file';
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join('-');
  const time = [two(now.getHours()), two(now.getMinutes()), two(now.getSeconds())].join('.');
  return `picture ${day} ${time}.${anonymous[1]?.toLowerCase()}`;
}
