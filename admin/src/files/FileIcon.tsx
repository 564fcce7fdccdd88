// The icon of a sort of file. Decoration: the name stands beside it.
import ArticleIcon from '@mui/icons-material/ArticleOutlined';
import AudioFileIcon from '@mui/icons-material/AudioFileOutlined';
import DescriptionIcon from '@mui/icons-material/DescriptionOutlined';
import FolderZipIcon from '@mui/icons-material/FolderZipOutlined';
import ImageIcon from '@mui/icons-material/ImageOutlined';
import FileIconPlain from '@mui/icons-material/InsertDriveFileOutlined';
import MailIcon from '@mui/icons-material/MailOutlined';
import PdfIcon from '@mui/icons-material/PictureAsPdfOutlined';
import SlideshowIcon from '@mui/icons-material/SlideshowOutlined';
import TableChartIcon from '@mui/icons-material/TableChartOutlined';
import VideoFileIcon from '@mui/icons-material/VideoFileOutlined';
import type { SvgIconProps } from '@mui/material';
import type { ComponentType } from 'react';
import { kindOf, type FileKind } from './kinds';

const ICONS: Record<FileKind, ComponentType<SvgIconProps>> = {
  picture: ImageIcon,
  pdf: PdfIcon,
  sheet: TableChartIcon,
  slides: SlideshowIcon,
  document: DescriptionIcon,
  text: ArticleIcon,
  archive: FolderZipIcon,
  audio: AudioFileIcon,
  video: VideoFileIcon,
  mail: MailIcon,
  other: FileIconPlain,
};

/** The icon for a media type. */
export function FileIcon({ type, ...rest }: { type: string } & SvgIconProps) {
  const Icon = ICONS[kindOf(type)];
  return <Icon aria-hidden {...rest} />;
}
