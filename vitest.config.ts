import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { assemblyInTests } from './scripts/assembly.js'

export default defineConfig({
  plugins: [
    assemblyInTests,
    {
      // Rules live in .sql files and are imported as text, as the build does it.
      name: 'sql-as-text',
      load: (id) => (id.endsWith('.sql') ? `export default ${JSON.stringify(readFileSync(id, 'utf8'))}` : undefined),
    },
  ],
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // One more than cores: many tests wait for programs and servers of their own.
    maxWorkers: availableParallelism() + 1,
    coverage: { provider: 'v8', include: ['src/**/*.ts'], reporter: ['text-summary'] },
  },
})
