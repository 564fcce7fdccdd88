// An authenticator as people have on their phones: reads the QR code from what the screen shows, and makes codes.
import { createHmac } from 'node:crypto';
import type { Locator } from '@playwright/test';
import decode from 'jsqr';

const STEP = 30;

interface Pixels {
  data: number[];
  width: number;
  height: number;
}

/** What a QR code on the screen says, decoded from a picture of it. */
export async function scan(shown: Locator): Promise<string> {
  const picture = (await shown.screenshot({ animations: 'disabled' })).toString('base64');
  const { data, width, height } = await shown.page().evaluate(async (png): Promise<Pixels> => {
    const image = new Image();
    image.src = `data:image/png;base64,${png}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.width;
    canvas.height = image.height;
    const context = canvas.getContext('2d')!;
    context.drawImage(image, 0, 0);
    return { data: [...context.getImageData(0, 0, image.width, image.height).data], width: image.width, height: image.height };
  }, picture);
  const read = decode(new Uint8ClampedArray(data), width, height);
  if (!read) throw new Error('no QR code can be read there');
  return read.data;
}

function bytesOf(base32: string): Buffer {
  const bits = [...base32.replace(/[\s=]/g, '').toUpperCase()]
    .map(letter => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map(byte => parseInt(byte, 2)));
}

/** Code number `counter` of a secret (RFC 4226). */
function codeAt(secret: Buffer, counter: number): string {
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(counter));
  const digest = createHmac('sha1', secret).update(message).digest();
  const offset = digest[19]! & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

export class Authenticator {
  /** The time step of the last code: each is good once. */
  private used = 0;

  private constructor(private readonly secret: Buffer) {}

  /** Set up with the address in a QR code. */
  static of(address: string): Authenticator {
    const url = new URL(address);
    if (url.protocol !== 'otpauth:' || url.host !== 'totp') throw new Error(`not for an authenticator: ${url.protocol}//${url.host}`);
    return Authenticator.typed(url.searchParams.get('secret') ?? '');
  }

  /** Set up with a secret that was typed off. */
  static typed(secret: string): Authenticator {
    return new Authenticator(bytesOf(secret));
  }

  /** The code that it shows now; the next one when that was used. */
  async code(): Promise<string> {
    const step = () => Math.floor(Date.now() / 1000 / STEP);
    while (step() <= this.used) await new Promise(again => setTimeout(again, 250));
    this.used = step();
    return codeAt(this.secret, this.used);
  }

  /** Six digits that are no code of it, now or around now. */
  wrong(): string {
    const now = Math.floor(Date.now() / 1000 / STEP);
    const right = [-2, -1, 0, 1, 2].map(away => codeAt(this.secret, now + away));
    return ['000000', '111111', '222222', '333333', '444444', '555555'].find(code => !right.includes(code))!;
  }
}
