// What is written in AssemblyScript (name.assembly.ts) is imported as name.wasm: the bytes of a WebAssembly module.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

const require = createRequire(import.meta.url)
const OPTIONS = ['--runtime', 'stub', '-O3', '--noAssert', '--enable', 'simd']
const kept = path.join(import.meta.dirname, '..', 'node_modules', '.cache', 'assembly')

/** A module of the bytes. */
async function moduleOf(file) {
  const bytes = await compiled(file)
  return `export default Buffer.from('${bytes.toString('base64')}', 'base64')`
}

/** @returns the bytes; compiling takes seconds, so those of an unchanged source are kept */
async function compiled(file) {
  const { version } = require('assemblyscript/package.json')
  const hash = createHash('sha256').update([readFileSync(file, 'utf8'), version, ...OPTIONS].join('\0'))
  const output = path.join(kept, `${hash.digest('hex').slice(0, 16)}.wasm`)
  if (!existsSync(output)) {
    const { default: asc } = await import('assemblyscript/asc')
    mkdirSync(kept, { recursive: true })
    const coming = `${output}.${process.pid}`
    const { error, stderr } = await asc.main([path.basename(file), '--outFile', path.basename(coming), ...OPTIONS], {
      readFile: (name) => readOf(path.resolve(path.dirname(file), name)),
      writeFile: (_name, bytes) => writeFileSync(coming, bytes),
      listFiles: () => [],
    })
    if (error) throw new Error(`${file}: ${error.message}\n${stderr.toString()}`)
    // Several builds may compile it at once.
    renameSync(coming, output)
  }
  return readFileSync(output)
}

const readOf = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : null)

const sourceOf = (wanted, importer) => path.resolve(path.dirname(importer), wanted.replace(/\.wasm$/, '.assembly.ts'))

/** For esbuild. */
export const assembly = {
  name: 'assembly',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\..*\.wasm$/ }, ({ path: wanted, importer }) => ({
      path: sourceOf(wanted, importer),
      namespace: 'assembly',
    }))
    onLoad({ filter: /./, namespace: 'assembly' }, async ({ path: file }) => ({
      contents: await moduleOf(file),
      watchFiles: [file],
    }))
  },
}

/** For vitest. */
export const assemblyInTests = {
  name: 'assembly',
  enforce: 'pre',
  resolveId: (wanted, importer) =>
    importer !== undefined && /^\..*\.wasm$/.test(wanted) ? sourceOf(wanted, importer) : undefined,
  load: (id) => (id.endsWith('.assembly.ts') ? moduleOf(id) : undefined),
}
