/** Written in AssemblyScript, compiled and bundled as bytes (scripts/assembly.js). */
declare module '*.wasm' {
  const bytes: Uint8Array<ArrayBuffer>
  export default bytes
}

/** What we need of what every Node has: its types come with those of browsers only. */
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array<ArrayBuffer>)
  }
  class Instance {
    readonly exports: object
    constructor(module: Module, imports?: object)
  }
}
