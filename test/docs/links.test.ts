import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

const root = path.join(import.meta.dirname, '..', '..')
const pages = [
  'README.md',
  ...readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.join('docs', name)),
]

describe('the pages', () => {
  it.each(pages)('%s links only to what is there', (page) => {
    const links = [...readFileSync(path.join(root, page), 'utf8').matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(
      ([, target = '']) => target,
    )
    const broken = links.filter(
      (target) => !/^https?:/.test(target) && !existsSync(path.join(root, path.dirname(page), target)),
    )
    expect(broken).toEqual([])
  })

  it('are all found from docs/index.md or README', () => {
    const links = ['README.md', path.join('docs', 'index.md')].flatMap((page) =>
      [...readFileSync(path.join(root, page), 'utf8').matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, target = '']) =>
        path.join(path.dirname(page), target),
      ),
    )
    expect(pages.filter((page) => page !== 'README.md' && !links.includes(page))).toEqual([])
  })

  it('README names the two commands first, and every command of the CLI', () => {
    const readme = readFileSync(path.join(root, 'README.md'), 'utf8')
    expect(readme.indexOf('npm ci && npm start')).toBeLessThan(readme.indexOf('## One run'))
    expect(readme.indexOf('npm ci && npm test')).toBeLessThan(readme.indexOf('## One run'))
    const { commands } = JSON.parse(readFileSync(path.join(root, 'oclif.manifest.json'), 'utf8')) as {
      commands: object
    }
    const topics = Object.keys(commands).map((id) => id.split(':')[0] ?? '')
    expect(topics.filter((topic) => !new RegExp(`(\`|matchbook )${topic}\\b`).test(readme))).toEqual([])
  })
})
