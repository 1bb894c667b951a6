import type { Completion } from './candidates.js'

export const shells = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof shells)[number]

/** Descriptions are cut so that one stays one line; characters. */
const DESCRIBED = 70

/** What the script of that shell reads: a candidate a line, or `:files` or `:folders` alone. */
export function linesFor(shell: Shell, completion: Completion): string[] {
  if (completion.kind !== 'words') return [`:${completion.kind}`]
  return completion.words.map(({ value, description }) => {
    const short = oneLine(description)
    if (shell === 'bash' || short === '') return shell === 'zsh' ? value.replaceAll(':', '\\:') : value
    return shell === 'zsh' ? `${value.replaceAll(':', '\\:')}:${short}` : `${value}\t${short}`
  })
}

function oneLine(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length <= DESCRIBED ? line : `${line.slice(0, DESCRIBED - 1)}…`
}

/** Bash cuts --queue=finance into three words; they are one. */
export function joinedAtEquals(words: readonly string[]): { readonly words: string[]; readonly cut: string } {
  const joined: string[] = []
  let cut = ''
  words.forEach((word, at) => {
    const continues = word === '=' ? (joined.at(-1)?.startsWith('--') ?? false) : words[at - 1] === '='
    if (continues && joined.length > 0) {
      cut = word === '=' ? `${joined.at(-1)}=` : cut
      joined[joined.length - 1] += word
    } else {
      cut = ''
      joined.push(word)
    }
  })
  return { words: joined, cut }
}

/**
 * The script that a shell is given once. It knows no command itself: at each Tab it asks the installed Matchbook what may follow, so it is never
 * older than it.
 */
export const scripts: Readonly<Record<Shell, string>> = {
  bash: `# Completion of matchbook for bash. Either in ~/.bashrc:  eval "$(matchbook completion bash)"
# or once:  matchbook completion bash > ~/.local/share/bash-completion/completions/matchbook
_matchbook() {
  local current=\${COMP_WORDS[COMP_CWORD]} line
  COMPREPLY=()
  while IFS= read -r line; do COMPREPLY+=("$line"); done < <(
    matchbook completion bash --words -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null
  )
  case \${COMPREPLY[0]-} in
    :files) compopt -o filenames; COMPREPLY=(); while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "\${current#=}") ;;
    :folders) compopt -o filenames; COMPREPLY=(); while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -d -- "\${current#=}") ;;
  esac
}
complete -F _matchbook matchbook
`,
  zsh: `#compdef matchbook
# Completion of matchbook for zsh. Either in ~/.zshrc, after compinit:  eval "$(matchbook completion zsh)"
# or once, into a folder of $fpath:  matchbook completion zsh > ~/.zfunc/_matchbook
_matchbook() {
  local -a lines
  lines=("\${(@f)$(matchbook completion zsh --words -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  case "\${lines[1]}" in
    '') return 1 ;;
    :files) compset -P '--*='; _files ;;
    :folders) compset -P '--*='; _files -/ ;;
    *) _describe matchbook lines ;;
  esac
}
if [ "\${funcstack[1]}" = _matchbook ]; then _matchbook "$@"; else compdef _matchbook matchbook; fi
`,
  fish: `# Completion of matchbook for fish, once:
#   matchbook completion fish > ~/.config/fish/completions/matchbook.fish
function __matchbook_complete
    set -l typed (commandline -opc)[2..] (commandline -ct)
    set -l lines (matchbook completion fish --words -- $typed 2>/dev/null)
    switch "$lines[1]"
        case ':files'
            __fish_complete_path (commandline -ct)
        case ':folders'
            __fish_complete_directories (commandline -ct)
        case '*'
            printf '%s\\n' $lines
    end
end
complete -c matchbook -f -a '(__matchbook_complete)'
`,
}
