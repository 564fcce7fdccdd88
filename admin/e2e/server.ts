// A Stoa server of the tests' own: started, stopped and started again at the same address.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = path.resolve(import.meta.dirname, '../..');

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: scripts/test.d/60-dashboard sets it`);
  return value;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

/** What the tests must know of the server: kept in a file, since the process that started it may be another one. */
interface Note {
  port: number;
  database: string;
  pid: number;
  /** What its environment has besides the usual. */
  more: Record<string, string>;
}

export class Server {
  private constructor(private readonly folder: string) {}

  /** Starts a server with demo data in a database of its own; the tests find it through the environment. */
  static async create(): Promise<Server> {
    const server = await Server.another();
    process.env.STOA_E2E_FOLDER = server.folder;
    return server;
  }

  /** The same beside that one, for tests that change what the others need; whoever starts it ends it. */
  static async another(more: Record<string, string> = {}): Promise<Server> {
    const server = new Server(mkdtempSync(path.join(tmpdir(), 'stoa-e2e-')));
    server.write({ port: await freePort(), database: `e2e_${randomBytes(4).toString('hex')}`, pid: 0, more });
    await server.start();
    return server;
  }

  /** The server that `create` started. */
  static running(): Server {
    return new Server(required('STOA_E2E_FOLDER'));
  }

  get url(): string {
    return `http://127.0.0.1:${this.note().port}`;
  }

  /** Starts it, at the same address as before, and waits until it is ready. */
  async start(): Promise<void> {
    const { port, database, more } = this.note();
    const child = spawn(required('STOA_BIN'), ['serve', '--demo-data'], {
      cwd: this.folder,
      stdio: ['ignore', 'pipe', openSync(path.join(this.folder, 'log'), 'a')],
      env: {
        PATH: process.env.PATH,
        MONGO_URI: required('STOA_TEST_MONGO_URI'),
        JWT_SECRET: 'a-secret-for-tests-with-32-bytes!',
        STOA_DATABASE__NAME: database,
        STOA_SERVER__BIND: `127.0.0.1:${port}`,
        STOA_SERVER__DRAIN_S: '0',
        // The tests say from which network a browser comes.
        STOA_SERVER__TRUSTED_PROXIES: '127.0.0.1',
        STOA_DASHBOARD__FOLDER: path.join(ROOT, 'admin/dist'),
        ...more,
      },
    });
    this.write({ port, database, more, pid: child.pid ?? 0 });
    const lines = createInterface({ input: child.stdout! });
    await new Promise<void>((ready, fail) => {
      lines.on('line', line => line === 'Stoa is ready' && ready());
      child.once('exit', code => fail(new Error(`the server ended with ${code}: see ${this.folder}/log`)));
    });
    child.removeAllListeners('exit');
    // Neither the process nor its output holds up the end of the tests.
    child.unref();
    (child.stdout as unknown as { unref: () => void }).unref();
  }

  /** Ends it at once, as a crash would. */
  async kill(): Promise<void> {
    const { pid } = this.note();
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      return;
    }
    while (existsSync(`/proc/${pid}`) && !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))) {
      await new Promise(again => setTimeout(again, 10));
    }
  }

  /** Ends it for good. */
  async end(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private note(): Note {
    return JSON.parse(readFileSync(path.join(this.folder, 'note.json'), 'utf8')) as Note;
  }

  private write(note: Note): void {
    writeFileSync(path.join(this.folder, 'note.json'), JSON.stringify(note));
  }
}
