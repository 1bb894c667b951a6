interface ImportMeta {
  /** Hash of the bundle that runs, from bin/load.cjs; undefined where there is none, or nothing to start it from quickly. */
  readonly build?: string
}
