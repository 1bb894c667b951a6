// man/matchbook.1, from the manifest: each command with its arguments, flags, examples. Whoever installs the package has `man matchbook`.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** Text as roff takes it: nothing in it is a request. */
const plain = (text) =>
  String(text ?? '')
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll(/^([.'])/gm, '\\&$1')
const named = (id) => id.replaceAll(':', ' ')

function flagLine({ name, type, options, helpValue, allowNo }) {
  const value = type === 'boolean' ? '' : ` ${options?.join('|') ?? helpValue ?? name.toUpperCase()}`
  return `\\fB${plain(`--${allowNo ? '[no-]' : ''}${name}`)}\\fR${plain(value)}`
}

const described = ({ description, default: preset }) =>
  plain(`${description ?? ''}${preset === undefined || preset === false || preset.length === 0 ? '' : ` (${preset})`}`)

function commandText({ id, summary, description, args, flags, examples = [] }) {
  const words = Object.values(args).map(({ name, required }) => (required ? name : `[${name}]`).toUpperCase())
  const own = Object.values(flags).filter(({ helpGroup }) => helpGroup !== 'GLOBAL')
  return [
    `.SS ${plain(['matchbook', named(id), ...words].join(' '))}`,
    plain(summary),
    ...(description === undefined ? [] : ['.PP', plain(description)]),
    ...Object.values(args).flatMap((arg) => ['.TP', `\\fI${plain(arg.name.toUpperCase())}\\fR`, described(arg)]),
    ...own.flatMap((flag) => ['.TP', flagLine(flag), described(flag)]),
    '.PP',
    'Examples:',
    '.nf',
    '.RS',
    ...examples.map((example) =>
      plain(example.replaceAll('<%= config.bin %>', 'matchbook').replaceAll('<%= command.id %>', named(id))),
    ),
    '.RE',
    '.fi',
  ]
}

/** Rows of the table of docs/exit-codes.md. */
const exitCodes = (root) =>
  [...readFileSync(path.join(root, 'docs', 'exit-codes.md'), 'utf8').matchAll(/^\| (\d+) \| ([^|]+) \|/gm)].flatMap(
    ([, code, means]) => [
      '.TP',
      `\\fB${code}\\fR`,
      plain(
        means
          .replaceAll('`', '')
          .replaceAll(/\[([^\]]+)\]\([^)]*\)/g, '$1')
          .trim(),
      ),
    ],
  )

export function writeManPage(root) {
  const { version, description } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
  const { commands } = JSON.parse(readFileSync(path.join(root, 'oclif.manifest.json'), 'utf8'))
  const all = Object.values(commands).sort((a, b) => (a.id < b.id ? -1 : 1))
  const global = Object.values(all[0].flags).filter(({ helpGroup }) => helpGroup === 'GLOBAL')
  const lines = [
    `.TH MATCHBOOK 1 "" "matchbook ${version}" "Matchbook"`,
    '.SH NAME',
    `matchbook \\- ${plain(description.split(':')[0].toLowerCase())}`,
    '.SH SYNOPSIS',
    '.B matchbook',
    '.I COMMAND',
    '[\\fIARGUMENT\\fR...] [\\fB\\-\\-flag\\fR...]',
    '.SH DESCRIPTION',
    plain(description),
    '.PP',
    `A workspace is a folder with matchbook.yaml. Begin with ${plain('matchbook demo, or matchbook init DIR')}; docs/index.md of the package has a tutorial and every page.`,
    '.SH EVERYWHERE',
    ...global.flatMap((flag) => ['.TP', flagLine(flag), described(flag)]),
    '.SH COMMANDS',
    ...all.flatMap(commandText),
    '.SH EXIT STATUS',
    ...exitCodes(root),
    '.SH ENVIRONMENT',
    '.TP',
    '\\fBNO_COLOR\\fR',
    'no colour, whatever it is set to',
    '.SH FILES',
    '.TP',
    'matchbook.yaml, jobs/, templates/',
    'settings of the workspace; docs/settings.md has each',
    '.TP',
    'state/',
    'store, archive, loads and reports; state.folder of matchbook.yaml puts it elsewhere',
  ]
  mkdirSync(path.join(root, 'man'), { recursive: true })
  writeFileSync(path.join(root, 'man', 'matchbook.1'), `${lines.join('\n')}\n`)
}
