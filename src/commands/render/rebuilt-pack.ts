import type { RebuiltPack } from '../../app/evidence/rebuild-pack.js'

/** Whether the pack is the one that was made then, and what is not. */
export function rebuiltPackText(pack: Omit<RebuiltPack, 'exit'>): string {
  const { period, madeAt, madeBy, sha256, isSame, differs, gaps, file } = pack
  return [
    isSame
      ? `The pack of ${period} is the one that was made on ${madeAt.slice(0, 10)} (run ${madeBy}), SHA-256 ${sha256.now}`
      : `The pack of ${period} is other than the one that was made on ${madeAt.slice(0, 10)} (run ${madeBy}):`,
    ...(isSame ? [] : differs.map((name) => `  ${name} differs`)),
    ...(gaps.length === 0 ? [] : ['Missing in it:', ...gaps.map((gap) => `  ${gap}`)]),
    ...(file === null ? [] : [`Written to ${file}`]),
  ].join('\n')
}
