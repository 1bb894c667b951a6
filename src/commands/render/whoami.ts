import type { WhoAmI } from '../../app/roles/whoami.js'
import { table } from './table.js'

export function whoAmIText({ user, groups, rolesSet, roles, verbs }: WhoAmI): string {
  const who = `${user}, of ${groups.length === 0 ? 'no group' : groups.join(', ')}`
  if (!rolesSet) return `${who}\nThis workspace has no roles: everybody who can run Matchbook here may do everything.`
  return [
    who,
    `Roles: ${roles.join(', ') || 'none'}`,
    table(verbs, [
      { title: '', value: ({ may }) => (may ? 'may' : '-') },
      { title: 'What', value: ({ verb }) => verb },
      { title: 'Commands', value: ({ commands }) => commands },
      {
        title: 'Roles',
        value: ({ who: others }) =>
          others.everybody ? 'everybody' : others.roles.map(({ role }) => role).join(', ') || 'no role',
      },
    ]),
  ].join('\n')
}
