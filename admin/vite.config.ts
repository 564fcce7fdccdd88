// How the dashboard is built, and served while it is being written (`npm run dev`, beside a running Stoa).
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const api = process.env.STOA_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react()],
  build: { target: 'es2022', sourcemap: false, chunkSizeWarningLimit: 1200 },
  server: {
    host: '127.0.0.1',
    proxy: Object.fromEntries(['/api', '/auth', '/docs', '/redoc', '/health'].map(path => [path, api])),
  },
});
