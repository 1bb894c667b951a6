/** What is installed. */
export interface Installation {
  /** Of the organisation, for people. */
  readonly organisation: string
  /** A word for file names, made from it. */
  readonly slug: string
  /** Of the workspace, absolute. */
  readonly folder: string
  /** Said in every command, so that what is installed never becomes another one when the settings change. */
  readonly profile: string
  /** The program and the script that are this CLI, absolute. */
  readonly command: readonly [program: string, script: string]
}

/** A file to be put where the system looks for it. */
export interface InstalledFile {
  readonly name: string
  readonly text: string
}
