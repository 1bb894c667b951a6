import type { PrivateKey, PublicKey } from 'openpgp'

export type WrapperKind = 'gz' | 'zip' | 'pgp'

/** What is unwrapped, by the ending of its name, and how much it may become. */
export interface UnwrapRules {
  readonly kinds: readonly WrapperKind[]
  /** Bytes of all that comes out of one wrapper. */
  readonly largest: number
  /** Bytes that may come out for each that went in. */
  readonly ratio: number
  /** Entries of one zip. */
  readonly most: number
  /** Which files of a zip are taken; all by default. */
  readonly isAsked?: (name: string) => boolean
  /** Present when `kinds` has pgp. */
  readonly pgp?: PgpKeys
}

export interface PgpKeys {
  /** Ours, unlocked. */
  readonly ours: PrivateKey
  /** The partner's; with it, what is not signed by it is refused. */
  readonly partner?: PublicKey
}

const endings: readonly (readonly [ending: RegExp, kind: WrapperKind | 'archive'])[] = [
  [/\.gz$/i, 'gz'],
  [/\.zip$/i, 'zip'],
  [/\.(?:pgp|gpg|asc)$/i, 'pgp'],
  [/\.(?:tgz|bz2|xz|zst|7z|rar|tar)$/i, 'archive'],
]

/** What kind of wrapper a name speaks of; `archive`: one that is never unwrapped. */
export const kindOf = (name: string): WrapperKind | 'archive' | undefined =>
  endings.find(([ending]) => ending.test(name))?.[1]

/** The name of what is in a wrapper that holds one file. */
export const nameInside = (name: string): string => name.replace(/(?<=.)\.[^.]+$/, '')
