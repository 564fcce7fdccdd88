// Tests of the way of a file: announced, sent where Stoa says, and looked at.
import { beforeEach, expect, it, vi } from 'vitest';
import { sendBytes } from './bytes';
import { request } from './client';
import { ApiError } from './http';
import { sendFile } from './uploads';

vi.mock('./bytes', () => ({ sendBytes: vi.fn() }));
vi.mock('./client', () => ({ request: vi.fn() }));
vi.mock('./retry', () => ({ persist: (attempt: () => unknown) => attempt() }));

const send = vi.mocked(sendBytes);
const ask = vi.mocked(request);
const file = { file: new Blob(['hello']), name: 'a.txt', type: 'text/plain' };
const watch = () => ({
  signal: new AbortController().signal,
  onAnnounced: vi.fn(),
  onProgress: vi.fn(),
  onSent: vi.fn(),
});
const announced = (direct: boolean) => ({
  data: {
    id: 'u',
    transfer: { direct, method: 'PUT', url: direct ? 'https://bucket/x' : '/api/uploads/u/content', headers: { a: 'b' } },
  },
});

beforeEach(() => {
  vi.resetAllMocks();
});

it('goes through the API where Stoa says so, with its checksum', async () => {
  ask.mockResolvedValueOnce(announced(false) as never).mockResolvedValueOnce({ data: { state: 'ready' } } as never);
  const told = watch();
  expect(await sendFile(file, told)).toEqual({ state: 'ready' });
  expect(ask.mock.calls[0]![1]!.body).toMatchObject({ filename: 'a.txt', size: 5, sha256: expect.stringMatching(/^2cf24/) });
  expect(send.mock.calls[0]![0]).toMatchObject({ url: '/api/uploads/u/content', direct: false });
  expect(told.onAnnounced).toHaveBeenCalledWith('u');
  expect(ask.mock.calls[1]![0]).toBe('/api/uploads/u/complete');
});

it('goes to the bucket where Stoa says so, and through the API when the bucket is out of reach', async () => {
  ask.mockResolvedValueOnce(announced(true) as never).mockResolvedValueOnce({ data: { state: 'ready' } } as never);
  send.mockRejectedValueOnce(new ApiError('away', 0, 'unreachable'));
  await sendFile(file, watch());
  expect(send.mock.calls.map(([call]) => [call.url, call.direct])).toEqual([
    ['https://bucket/x', true],
    ['/api/uploads/u/content', false],
  ]);
});

it('tells what went wrong, and does not complete what was not sent', async () => {
  ask.mockResolvedValueOnce(announced(false) as never);
  send.mockRejectedValueOnce(new ApiError('large', 413, 'payload_too_large'));
  await expect(sendFile(file, watch())).rejects.toThrow('large');
  expect(ask).toHaveBeenCalledTimes(1);
});
