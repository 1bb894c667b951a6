/** Why a name in a listing is not trusted, or undefined. A name must stay in its folder here and at the server. */
export function refuseName(name: string): string | undefined {
  if (name === '' || name === '.' || name === '..') return 'not a file name'
  if (/[/\\]/.test(name)) return 'a slash or backslash in the name could lead out of the folder'
  if (name.includes('\0')) return 'a NUL in the name'
  // What the server sent was not UTF-8, so no name we could send back would be the same.
  if (name.includes('\uFFFD')) return 'the name is not UTF-8 and cannot be asked for'
  return undefined
}

/** `folder/name`, as both kinds of endpoint write it. */
export const joinPath = (folder: string, name: string): string =>
  folder === '' || folder === '.' ? name : folder.endsWith('/') ? `${folder}${name}` : `${folder}/${name}`
