import { Document, isMap, isScalar, isSeq } from 'yaml'
import { effectiveSettings, sourcesBelow } from '../../config/index.js'
import { requireLoaded } from './require-workspace.js'

/** `text` is YAML in which each value of matchbook.yaml says, as a comment, which file and line it comes from. */
export async function showConfig(
  workspaceFolder: string | undefined,
): Promise<{ readonly text: string; readonly json: object }> {
  const { workspace, main } = await requireLoaded(workspaceFolder)
  const shown = await effectiveSettings(workspace)
  const sources = sourcesBelow(main, workspace.settings)
  const document = new Document(shown)
  const settings = document.get('settings')
  if (isMap(settings)) comment(settings, [], (path) => sourceWords(sources, path))
  return { text: document.toString({ lineWidth: 0 }), json: { ...shown, sources } }
}

function comment(node: unknown, path: readonly string[], words: (path: readonly string[]) => string | undefined): void {
  if (isScalar(node)) {
    const said = words(path)
    if (said !== undefined) node.comment = ` ${said}`
  } else if (isMap(node)) for (const { key, value } of node.items) comment(value, [...path, String(key)], words)
  else if (isSeq(node)) for (const [index, item] of node.items.entries()) comment(item, [...path, String(index)], words)
}

/** What is shown of a secret stands where its reference does. */
function sourceWords(sources: Readonly<Record<string, string>>, path: readonly string[]): string | undefined {
  const [own, around] = [path.join('.'), path.slice(0, -1).join('.')]
  return sources[own] ?? Object.entries(sources).find(([name]) => name.startsWith(`${around}.`))?.[1]
}
