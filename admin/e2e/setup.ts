// Starts the server before all tests and ends it after them.
import { Server } from './server';

export default async function setup(): Promise<() => Promise<void>> {
  const server = await Server.create();
  return () => server.end();
}
