/** Small files beside the settings, by path. */
export const besideSettings: Readonly<Record<string, string>> = {
  '.gitignore': `# What runs leave behind, what partners send, and keys. The settings themselves belong under version control.
/state/
/state-test/
/drops/
/drops-test/
/.known-stores
/keys/*
!/keys/README.md
`,
  'keys/README.md': `# Keys

Private keys and known_hosts files lie here; git ignores everything but this page. matchbook.yaml names them, it never holds them:

    login: { key: { file: keys/medsupply } }
    host-key: { known-hosts: keys/known_hosts }

Make a key:          ssh-keygen -t ed25519 -N "" -f keys/medsupply
Pin a host key:      ssh-keyscan HOST > keys/known_hosts, then compare \`ssh-keygen -lf keys/known_hosts\` with what the partner tells you by telephone
Keep it to yourself: chmod 600 keys/medsupply

A secret may also come from an environment variable ({ env: NAME }) or from a program, such as your vault's ({ command: [PROGRAM, ARGUMENT] }).
`,
}
