// Acts for which Stoa wants the password once more: asks for it, then goes on.
import { ApiError } from './http';

type Prompt = () => Promise<boolean>;

let prompt: Prompt | null = null;

/**
 * Sets who asks for the password: a dialog that calls `stepUp(password, code)` and resolves to true when that went well, to
 * false when the person gave up.
 */
export function setProofPrompt(next: Prompt | null): void {
  prompt = next;
}

/** Runs `attempt`; once more after the person proved who they are, when Stoa wants that. */
export async function proven<T>(attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    const wanted = error instanceof ApiError && error.code === 'insufficient_user_authentication';
    if (!wanted || !prompt || !(await prompt())) throw error;
    return attempt();
  }
}
