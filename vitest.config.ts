import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig({
  resolve: {
    alias: {
      '@': root.replace(/\/$/, ''),
      // The package throws outside a React server bundle; tests run the server's code in plain Node.
      'server-only': `${root}node_modules/server-only/empty.js`,
    },
  },
  test: {
    include: ['{lib,app,components,simulator,scripts,prisma}/**/*.test.{ts,tsx}'],
    environment: 'node',
    globalSetup: 'scripts/test/global-setup.ts',
    // Generous: a busy machine is no fault of the code.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    maxWorkers: 2,
  },
});
