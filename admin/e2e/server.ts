// A Stoa server of the tests' own: started, stopped and started again at the same address.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
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

export class Server {
  private pid = 0;

  private constructor(
    /** Where it keeps what it writes, its log among it. */
    private readonly folder: string,
    private readonly port: number,
    private readonly database: string,
    /** What its environment has besides the usual. */
    private readonly more: Record<string, string>
  ) {}

  /** Starts a server with demo data in a database of its own; whoever starts it ends it. */
  static async create(more: Record<string, string> = {}): Promise<Server> {
    const folder = mkdtempSync(path.join(tmpdir(), 'stoa-e2e-'));
    const server = new Server(folder, await freePort(), `e2e_${randomBytes(4).toString('hex')}`, more);
    await server.start();
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts it, at the same address as before, and waits until it is ready. */
  async start(): Promise<void> {
    const child = spawn(required('STOA_BIN'), ['serve', '--demo-data'], {
      cwd: this.folder,
      stdio: ['ignore', 'pipe', openSync(path.join(this.folder, 'log'), 'a')],
      env: {
        PATH: process.env.PATH,
        MONGO_URI: required('STOA_TEST_MONGO_URI'),
        JWT_SECRET: 'a-secret-for-tests-with-32-bytes!',
        STOA_DATABASE__NAME: this.database,
        STOA_SERVER__BIND: `127.0.0.1:${this.port}`,
        STOA_SERVER__DRAIN_S: '0',
        // The tests say from which network a browser comes.
        STOA_SERVER__TRUSTED_PROXIES: '127.0.0.1',
        STOA_DASHBOARD__FOLDER: path.join(ROOT, 'admin/dist'),
        ...this.more,
      },
    });
    this.pid = child.pid ?? 0;
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
    const { pid } = this;
    if (!pid) return;
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
}
