// What a form needs to let somebody choose a password.
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { TypedPassword } from './NewPassword';
import { hints, isFit } from './passwordHints';

/** State of the two fields. `about`: words that guessers would try first; `refused`: what the server said. */
export function useNewPassword(about: string[], refused: string | undefined) {
  const t = useTranslate();
  const [value, setValue] = useState<TypedPassword>({ password: '', again: '' });
  const [tried, setTried] = useState(false);
  const seen = hints(value.password, value.again, about);
  const fit = isFit(seen);
  return {
    password: value.password,
    /** Whether it can be sent; from now on the field says when it cannot. */
    check: () => {
      setTried(true);
      return fit;
    },
    field: { value, hints: seen, fault: tried && !fit ? t('stoa.entry.notFit') : refused, onChange: setValue },
  };
}
