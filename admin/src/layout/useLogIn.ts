// The way through the log-in: the password, then the second factor where one is asked for.
import { useState } from 'react';
import { useLogin, useTranslate } from 'react-admin';
import { ApiError } from '../api/client';
import { useErrorText } from '../components';

/** Where somebody is on the way. The ticket stands for the password, which was right. */
export type Step = { name: 'password' } | { name: 'factor'; ticket: string; tries: number };

/** Codes that can be tried with one ticket. */
const TRIES = 5;

/** State of the page and what its forms do. */
export function useLogIn() {
  const login = useLogin();
  const errorText = useErrorText();
  const t = useTranslate();
  const [step, setStep] = useState<Step>({ name: 'password' });
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);

  const attempt = async (values: Record<string, string>, told: (error: unknown) => string | null) => {
    setBusy(true);
    setFault(null);
    try {
      await login(values);
    } catch (error) {
      setFault(told(error) ?? errorText(error));
    } finally {
      setBusy(false);
    }
  };

  const password = (username: string, secret: string) =>
    attempt({ username, password: secret }, error => {
      if (!(error instanceof ApiError)) return null;
      const ticket = error.code === 'mfa_required' ? error.body?.mfa_token : undefined;
      if (typeof ticket !== 'string') return error.code === 'invalid_grant' ? t('stoa.account.log_in.wrong') : null;
      setStep({ name: 'factor', ticket, tries: 0 });
      return '';
    });

  /** The password has to be given again. */
  const begin = (why: string) => {
    setStep({ name: 'password' });
    return t(why);
  };

  const factor = (code: string) =>
    attempt({ mfa_token: step.name === 'factor' ? step.ticket : '', code }, error => {
      if (!(error instanceof ApiError)) return null;
      if (error.code === 'invalid_token') return begin('stoa.account.log_in.factor_ended');
      if (error.code !== 'invalid_grant' || step.name !== 'factor') return null;
      const left = TRIES - step.tries - 1;
      if (left <= 0) return begin('stoa.account.log_in.factor_ended');
      setStep({ ...step, tries: step.tries + 1 });
      return t('stoa.account.log_in.factor_left', { smart_count: left });
    });

  const back = () => {
    setStep({ name: 'password' });
    setFault(null);
  };
  return { step, busy, fault, password, factor, back };
}
