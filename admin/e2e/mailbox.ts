// A mail server of the tests' own: takes mail by SMTP and lets the tests read what people would.
import { once } from 'node:events';
import { createServer, type Server as TcpServer, type Socket } from 'node:net';

/** A mail as its recipient reads it. */
export interface Mail {
  to: string[];
  subject: string;
  text: string;
}

export class Mailbox {
  private readonly mails: Mail[] = [];
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly tcp: TcpServer) {
    tcp.on('connection', socket => this.talk(socket));
  }

  /** Opens it on a free port. */
  static async open(): Promise<Mailbox> {
    const tcp = createServer().listen(0, '127.0.0.1');
    await once(tcp, 'listening');
    return new Mailbox(tcp);
  }

  /** For the setting `SMTP_URL`. */
  get url(): string {
    const address = this.tcp.address();
    if (address === null || typeof address === 'string') throw new Error('the mailbox is closed');
    return `smtp://127.0.0.1:${address.port}`;
  }

  /** The mails that came to an address, oldest first. */
  to(address: string): Mail[] {
    return this.mails.filter(mail => mail.to.includes(address));
  }

  /** Waits for mail number `nth`, from 1, of those to an address in whose text `about` is found. */
  async next(address: string, about: string, nth = 1): Promise<Mail> {
    for (const end = Date.now() + 30_000; Date.now() < end; await new Promise(again => setTimeout(again, 100))) {
      const mail = this.to(address).filter(one => one.text.includes(about))[nth - 1];
      if (mail) return mail;
    }
    throw new Error(`mail ${nth} to ${address} did not come; it has ${this.to(address).map(mail => mail.subject)}`);
  }

  async close(): Promise<void> {
    this.sockets.forEach(socket => socket.destroy());
    this.tcp.close();
    await once(this.tcp, 'close');
  }

  /** One conversation (RFC 5321), as far as a sender needs it. */
  private talk(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.setEncoding('latin1');
    let heard = '';
    let to: string[] = [];
    let body: string[] | null = null;
    const say = (line: string) => socket.write(`${line}\r\n`);
    const hear = (line: string) => {
      if (body) {
        if (line !== '.') body.push(line.startsWith('.') ? line.slice(1) : line);
        else {
          this.mails.push(read(body.join('\r\n'), to));
          body = null;
          to = [];
          say('250 taken');
        }
        return;
      }
      const verb = line.slice(0, 4).toUpperCase();
      if (verb === 'EHLO' || verb === 'HELO') say('250 mailbox.test');
      else if (verb === 'RCPT') {
        to.push((/<([^>]*)>/.exec(line)?.[1] ?? '').toLowerCase());
        say('250 ok');
      } else if (verb === 'DATA') {
        body = [];
        say('354 go on');
      } else if (verb === 'QUIT') {
        say('221 bye');
        socket.end();
      } else say('250 ok');
    };
    socket.on('data', (chunk: string) => {
      heard += chunk;
      for (let at = heard.indexOf('\r\n'); at >= 0; at = heard.indexOf('\r\n')) {
        const line = heard.slice(0, at);
        heard = heard.slice(at + 2);
        hear(line);
      }
    });
    say('220 mailbox.test');
  }
}

/** Splits head and body of a message or of a part. */
function split(raw: string): { head: (name: string) => string; body: string } {
  const at = raw.indexOf('\r\n\r\n');
  const lines = raw.slice(0, at).replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  const head = (name: string) =>
    lines.find(line => line.toLowerCase().startsWith(`${name}:`))?.slice(name.length + 1).trim() ?? '';
  return { head, body: raw.slice(at + 4) };
}

function decoded(body: string, encoding: string): string {
  const bytes =
    encoding.toLowerCase() === 'base64'
      ? Buffer.from(body, 'base64')
      : encoding.toLowerCase() === 'quoted-printable'
        ? Buffer.from(
            body.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
            'latin1',
          )
        : Buffer.from(body, 'latin1');
  return bytes.toString('utf8');
}

/** The plain text of a message, wherever in its parts it stands. */
function textOf(raw: string): string {
  const { head, body } = split(raw);
  const type = head('content-type');
  const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1];
  if (!boundary) return /^text\/plain/i.test(type) || type === '' ? decoded(body, head('content-transfer-encoding')) : '';
  const parts = body.split(`--${boundary}`).slice(1, -1);
  return parts.map(part => textOf(part.replace(/^\r\n/, ''))).find(text => text !== '') ?? '';
}

function read(raw: string, to: string[]): Mail {
  const subject = split(raw)
    .head('subject')
    .replace(/=\?utf-8\?b\?([^?]*)\?=\s*/gi, (_, text: string) => Buffer.from(text, 'base64').toString('utf8'));
  return { to, subject, text: textOf(raw) };
}

/** The link to a page of the dashboard in a mail. */
export function linkIn(mail: Mail, page: string): string {
  const found = new RegExp(`https?://\\S*/${page}\\?\\S+`).exec(mail.text)?.[0];
  if (!found) throw new Error(`no link to ${page} in: ${mail.text}`);
  return found.replace(/[).,>]+$/, '');
}

/** The code of six digits in a mail. */
export function codeIn(mail: Mail): string {
  const found = /(?<![\w/=-])(\d{6})(?![\w])/.exec(mail.text)?.[1];
  if (!found) throw new Error(`no code in: ${mail.text}`);
  return found;
}
