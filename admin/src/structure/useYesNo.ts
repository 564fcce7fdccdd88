// Yes and no as choices of a filter and as words of an export.
import { useTranslate } from 'react-admin';

/** Choices of a filter by yes or no, and the words for both. */
export function useYesNo() {
  const t = useTranslate();
  const words = (value: boolean) => t(value ? 'ra.boolean.true' : 'ra.boolean.false');
  return {
    words,
    choices: [
      { id: true, name: words(true) },
      { id: false, name: words(false) },
    ],
  };
}
