// Every kind that the server knows has words here.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { jobs } from '../i18n/en/jobs';
import { ALL_KINDS, PLACES, SETTLED_ELSEWHERE } from './kinds';

const SERVER = path.resolve(import.meta.dirname, '../../../src');

function kindsOfServer(): string[] {
  const files = readdirSync(SERVER, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.rs'));
  return files.flatMap(file => {
    const text = readFileSync(path.join(SERVER, file), 'utf8');
    return [...text.matchAll(/impl Kind for \w+ \{\s*const NAME: &'static str = "([^"]+)"/g)].map(found => found[1]!);
  });
}

describe('kinds of jobs', () => {
  it('are those of the server', () => {
    expect([...ALL_KINDS].sort()).toEqual(kindsOfServer().sort());
  });

  it('have words', () => {
    expect(ALL_KINDS.filter(kind => !(kind.replace('.', '_') in jobs.kinds))).toEqual([]);
  });

  it('lead somewhere where the job alone does not help', () => {
    expect(SETTLED_ELSEWHERE.filter(kind => !PLACES[kind])).toEqual([]);
  });
});
