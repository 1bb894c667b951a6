import { ExitCode } from './exit-codes.js'

/**
 * Errors are what the operator must fix. Each has a permanent code, a title, a default hint and the exit code it leads to.
 * Bad partner data is never in here: that is a finding (see canonical/finding.ts).
 * A code is never reused for another meaning; docs/errors.md lists each one and a test fails if it does not.
 */
export const errorCatalogue = {
  'WORKSPACE-NOT-FOUND': {
    title: 'No matchbook.yaml here or in any folder above',
    hint: 'Change into a workspace, name one with --workspace DIR, or make one with: matchbook init DIR',
    exit: ExitCode.workspaceInvalid,
  },
  'WORKSPACE-INVALID': {
    title: 'The workspace has mistakes',
    hint: 'Run: matchbook validate',
    exit: ExitCode.workspaceInvalid,
  },
  'WORKSPACE-EXISTS': {
    title: 'The folder already holds a workspace',
    hint: 'Name another folder; nothing was changed',
    exit: ExitCode.usage,
  },
  'WORKSPACE-READ-ONLY': {
    title: 'The state folder cannot be written',
    hint: 'Give the user that runs matchbook write permission on the folder named, or set state.folder elsewhere',
    exit: ExitCode.refused,
  },
  'INPUT-MISSING': {
    title: 'An input the job cannot do without has no usable file',
    hint: 'Ask the source for the extract; the next run takes it up',
    exit: ExitCode.partial,
  },
  'JOB-UNKNOWN': {
    title: 'No job of that name in this workspace',
    hint: 'See the files in jobs/',
    exit: ExitCode.usage,
  },
  'FAULT-UNKNOWN': {
    title: 'Nothing of that name can be simulated',
    hint: 'See matchbook simulate --list-faults',
    exit: ExitCode.usage,
  },
  'SECRET-MISSING': {
    title: 'A secret cannot be resolved',
    hint: 'Set the environment variable, file or command named by the reference',
    exit: ExitCode.refused,
  },
  'RUN-ACTIVE': {
    title: 'This job is already running',
    hint: 'Wait for it to end, or see: matchbook runs list',
    exit: ExitCode.alreadyRunning,
  },
  'OCCURRENCE-TAKEN': {
    title: 'This occurrence of the schedule was run already',
    hint: 'Nothing is to be done; see: matchbook runs list',
    exit: ExitCode.alreadyRunning,
  },
  'WORK-UNKNOWN': {
    title: 'No such work was given up',
    hint: 'See: matchbook work list',
    exit: ExitCode.usage,
  },
  'RUN-UNKNOWN': { title: 'No such run', hint: 'See: matchbook runs list', exit: ExitCode.usage },
  'FILE-UNKNOWN': { title: 'No such file in the ledger', hint: 'See: matchbook files list', exit: ExitCode.usage },
  'FILE-AMBIGUOUS': {
    title: 'The ledger has several files of that name',
    hint: 'Name one by its number; see: matchbook files list',
    exit: ExitCode.usage,
  },
  'FILE-NOT-QUARANTINED': {
    title: 'The file is not in quarantine',
    hint: 'See: matchbook quarantine list',
    exit: ExitCode.usage,
  },
  'FILE-NOT-REPLAYABLE': {
    title: 'There is nothing of this file or run to read again',
    hint: 'See: matchbook files show',
    exit: ExitCode.usage,
  },
  'FILE-PURGED': {
    title: 'The bytes of the file were purged under the retention settings',
    hint: 'Ask the partner to send it again, or restore the archive from a backup of before that day',
    exit: ExitCode.refused,
  },
  'RULES-NOT-KEPT': {
    title: 'The settings of that run are not kept',
    hint: 'Replay by today’s rules, without --as-of-rules; what was purged is in a backup of before that day',
    exit: ExitCode.refused,
  },
  'RULES-NOT-READABLE': {
    title: 'This Matchbook does not read the settings of that run any more',
    hint: 'Replay by today’s rules, or with the version that wrote them on a restored backup; see: matchbook runs show RUN --settings',
    exit: ExitCode.refused,
  },
  'RUN-NOT-RETRYABLE': {
    title: 'There is no failed step of this run to go on from',
    hint: 'See: matchbook runs list',
    exit: ExitCode.usage,
  },
  'RUN-CUT-OFF': {
    title: 'The last run of the job was cut off and has to be finished first',
    hint: 'Go on with it: matchbook retry RUN',
    exit: ExitCode.refused,
  },
  'EXCEPTION-UNKNOWN': {
    title: 'No such exception',
    hint: 'See: matchbook exceptions list',
    exit: ExitCode.usage,
  },
  'TRACE-UNKNOWN': {
    title: 'The store knows nothing by that number',
    hint: 'See the number on the document, or: matchbook files list, matchbook exceptions list --all',
    exit: ExitCode.usage,
  },
  'SUPPLIER-UNKNOWN': {
    title: 'No supplier of that name',
    hint: 'See partners in matchbook.yaml, or the numbers in: matchbook exceptions list',
    exit: ExitCode.usage,
  },
  'TRACE-AMBIGUOUS': {
    title: 'The number is that of several things',
    hint: 'Say which one is meant with the flags named',
    exit: ExitCode.usage,
  },
  'CLUSTER-UNKNOWN': {
    title: 'No such cluster of open exceptions',
    hint: 'See: matchbook exceptions clusters',
    exit: ExitCode.usage,
  },
  'RULE-UNKNOWN': {
    title: 'No such rule',
    hint: 'See: matchbook exceptions rules list, with --all for withdrawn ones',
    exit: ExitCode.usage,
  },
  'REFERENCE-UNKNOWN': {
    title: 'No such cross-reference or suggestion',
    hint: 'See: matchbook xref list --all, matchbook xref suggest',
    exit: ExitCode.usage,
  },
  'REFERENCE-FILE': {
    title: 'The file cannot be read as cross-references',
    hint: 'Its columns, with an example: docs/cross-references.md; nothing was changed',
    exit: ExitCode.refused,
  },
  'REFERENCE-REFUSED': {
    title: 'The person may not decide about cross-references of this kind',
    hint: 'Ask somebody whom deciders in matchbook.yaml name; nothing was changed',
    exit: ExitCode.refused,
  },
  'WORKBOOK-REFUSED': {
    title: 'The file cannot be taken as a workbook with decisions',
    hint: 'Save the workbook that Matchbook wrote as .xlsx, with nothing added that is large; nothing was changed',
    exit: ExitCode.refused,
  },
  'CODE-UNKNOWN': {
    title: 'Neither an exception code, an error code nor an exception id',
    hint: 'See: matchbook exceptions list, or docs/exception-codes.md',
    exit: ExitCode.usage,
  },
  'STATE-LOCKED': {
    title: 'The state database is locked by another program',
    hint: 'Close whatever holds it open (a backup, a database browser) and start again; nothing was lost',
    exit: ExitCode.alreadyRunning,
  },
  'STATE-NEWER': {
    title: 'The state needs a newer Matchbook',
    hint: 'Install the version named, or go back to the copy from before the upgrade, see docs/installing.md; this version does not touch the state',
    exit: ExitCode.refused,
  },
  'STATE-MISSING': {
    title: 'There was a store, and it is not there',
    hint: 'Is the disk of the store mounted, and is state of matchbook.yaml right? Else restore the store from the last backup (docs/recovery.md). A change of state.database alone moves nothing: matchbook state move does. To begin anew on purpose, move the state folder away, and remove its line from .known-stores of the workspace. Nothing was taken or sent',
    exit: ExitCode.refused,
  },
  'STATE-CORRUPT': {
    title: 'The state database is damaged',
    hint: 'Restore the state folder from its last backup; the archive beside it lets the nights since be run again',
    exit: ExitCode.defect,
  },
  'EVIDENCE-UNKNOWN': {
    title: 'No such evidence pack was made',
    hint: 'Run compliance-evidence with --as-of a day of the period after it',
    exit: ExitCode.usage,
  },
  'EVIDENCE-UNREADABLE': {
    title: 'The file is no evidence pack that can be read',
    hint: 'Take the pack as it was made, from the evidence folder of the state; or make it again with audit pack',
    exit: ExitCode.refused,
  },
  'STATE-UNREACHABLE': {
    title: 'The database of the state cannot be reached',
    hint: 'Nothing was lost. When it answers again: matchbook retry, or let the schedule go on; matchbook doctor says whether it does',
    exit: ExitCode.transportFailed,
  },
  'STATE-REFUSED': {
    title: 'The database of the state does not let us in',
    hint: 'Check user, password, database and rights; the user needs CREATE on the database, or on a schema made for it',
    exit: ExitCode.refused,
  },
  'STATE-MOVED': {
    title: 'The state was moved to another place',
    hint: 'Write the place it was moved to into state of matchbook.yaml; two stores of one workspace would load everything twice',
    exit: ExitCode.refused,
  },
  'STATE-NOT-EMPTY': {
    title: 'There is a state already where this one is to be moved',
    hint: 'Name an empty schema or folder; nothing was changed',
    exit: ExitCode.refused,
  },
  'STATE-DIFFERS': {
    title: 'What was copied is not what was there',
    hint: 'Nothing was moved. Run matchbook doctor on the state, and try again',
    exit: ExitCode.defect,
  },
  'LEASE-LOST': {
    title: 'Another machine has taken this work over',
    hint: 'Nothing is to be done: it goes on there. Was this machine, or its network, away for longer than state.lease-seconds?',
    exit: ExitCode.alreadyRunning,
  },
  'BACKUP-DAMAGED': {
    title: 'The backup is not whole, or not what was backed up',
    hint: 'Take an older backup; nothing was restored from this one',
    exit: ExitCode.refused,
  },
  'DISK-FULL': {
    title: 'No space left on the disk',
    hint: 'Free space (df -h), or remove files where no more are possible (df -i), and start again; the run goes on from its last finished step',
    exit: ExitCode.partial,
  },
  'DISK-FAILED': {
    title: 'The disk failed while it was read or written',
    hint: 'See what the system says of the disk (dmesg); then start again: the run goes on from its last finished step',
    exit: ExitCode.partial,
  },
  'ARCHIVE-MISSING': {
    title: 'A file the ledger knows is not in the archive',
    hint: 'Restore the archive from backup (was it moved elsewhere, and is archive of matchbook.yaml right?); nothing was processed without it',
    exit: ExitCode.defect,
  },
  'ARCHIVE-UNREACHABLE': {
    title: 'The store of the archive cannot be reached',
    hint: 'Check endpoint and network; what was not kept stays at its source. When it answers again: matchbook retry, or let the schedule go on; matchbook doctor says whether it does',
    exit: ExitCode.transportFailed,
  },
  'ARCHIVE-REFUSED': {
    title: 'The store of the archive does not let us in, or not do this',
    hint: 'Check bucket, region, access-key, secret-key and ca under archive.s3; the key must be allowed to list, read, write and delete below the prefix',
    exit: ExitCode.refused,
  },
  'ARCHIVE-DAMAGED': {
    title: 'The archive has other bytes than were put there',
    hint: 'Restore that file from backup, under the same name; nothing was processed with it',
    exit: ExitCode.defect,
  },
  'HOST-KEY-MISMATCH': {
    title: 'The server shows another host key than the pinned one',
    hint: 'Do not go on: ask the partner by telephone whether the key was changed, then pin the new one',
    exit: ExitCode.refused,
  },
  'HOST-KEY-UNKNOWN': {
    title: 'The server is not in the known_hosts file',
    hint: 'Compare the fingerprint with the partner by another way, then add the line to the file named',
    exit: ExitCode.refused,
  },
  'LOGIN-REFUSED': {
    title: 'The server refused the login',
    hint: 'Check username and key or password with the partner; it is not retried, so that the account is not locked',
    exit: ExitCode.refused,
  },
  'CONNECT-FAILED': {
    title: 'The server cannot be reached',
    hint: 'Check host, port and firewall; work is queued and the next run takes it up',
    exit: ExitCode.transportFailed,
  },
  'TRANSFER-FAILED': {
    title: 'A transfer broke off',
    hint: 'Nothing was lost; the next run takes it up again',
    exit: ExitCode.transportFailed,
  },
  'ALGORITHMS-REFUSED': {
    title: 'We and the server have no algorithm in common that is accepted here',
    hint: 'Ask the partner to switch on a modern one; see docs/security.md',
    exit: ExitCode.refused,
  },
  'FILE-TOO-LARGE': {
    title: 'A file is larger than its destination takes',
    hint: 'Raise largest-mb with the consent of whoever takes it; the file waits, and what comes after it',
    exit: ExitCode.partial,
  },
  'REMOTE-PERMISSION': {
    title: 'The server does not permit this',
    hint: 'Ask the partner for read, write and rename rights on the folder named',
    exit: ExitCode.refused,
  },
  'REMOTE-MISSING': {
    title: 'The server has no such file or folder',
    hint: 'Check the folder in the job, or in send-to of the partner; names are case-sensitive on most servers',
    exit: ExitCode.transportFailed,
  },
  'REMOTE-FULL': {
    title: 'The server has no space left or refused to write',
    hint: 'Tell the partner; the file stays in the outbox',
    exit: ExitCode.transportFailed,
  },
  'REMOTE-CONFLICT': {
    title: 'The server holds other bytes under the name we push to',
    hint: 'Someone else wrote that file: look at it with the partner, then retry',
    exit: ExitCode.refused,
  },
  'LOAD-LINT': {
    title: 'A load breaks a rule of the ERP and was not pushed',
    hint: 'Mend the setting or value named; nothing was sent',
    exit: ExitCode.refused,
  },
  'NOTIFY-FAILED': {
    title: 'A notification could not be delivered',
    hint: 'See the reason named, and: matchbook doctor --connect. It is tried again by itself; see: matchbook notify list',
    exit: ExitCode.transportFailed,
  },
  'OWNER-UNKNOWN': {
    title: 'Nothing says how this owner is reached',
    hint: 'Give a queue of theirs an email, or name them under notify.owners in matchbook.yaml; see docs/notifications.md',
    exit: ExitCode.usage,
  },
  'PROFILE-DIFFERS': {
    title: 'The workspace has not the profile that the command asks for',
    hint: 'Name the workspace that is meant with --workspace, or write the file (docs/profiles.md); nothing was taken or sent',
    exit: ExitCode.refused,
  },
  'STATE-OF-PROFILE': {
    title: 'The state belongs to the other profile',
    hint: 'Name another state.folder, or another schema of the database, for this profile (docs/profiles.md); nothing was changed',
    exit: ExitCode.refused,
  },
  'NOT-PERMITTED': {
    title: 'The roles of the workspace do not let this login do that',
    hint: 'Ask somebody who may, or have the roles in matchbook.yaml changed; see: matchbook whoami',
    exit: ExitCode.refused,
  },
  'CONTRACT-NOT-APPROVED': {
    title: 'A contract was never approved, and the settings ask for approval',
    hint: 'Have somebody approve it: matchbook contracts approve NAME --reason TEXT',
    exit: ExitCode.refused,
  },
  'APPROVER-DECIDED': {
    title: 'Who decided about a row of the load, or asked for the load, cannot approve it',
    hint: 'Another person has to approve it',
    exit: ExitCode.refused,
  },
  'APPROVER-NOT-NAMED': {
    title: 'The person is not among those who may approve this load',
    hint: 'See approvers in the load settings of the job, or who it waits for: matchbook loads list',
    exit: ExitCode.refused,
  },
  'LOAD-UNKNOWN': { title: 'No such load', hint: 'See: matchbook loads list', exit: ExitCode.usage },
  'LOAD-NOT-APPROVED': {
    title: 'The load waits for approval and was not sent',
    hint: 'Look at it with: matchbook loads show, and have it approved with: matchbook loads approve',
    exit: ExitCode.refused,
  },
  'LOAD-STATE': {
    title: 'That cannot be done with the load as it stands',
    hint: 'See: matchbook loads show',
    exit: ExitCode.refused,
  },
  'LOAD-CHANGED': {
    title: 'The bytes of the load are not those that were built or looked at',
    hint: 'Nothing was sent. Look at the load again; if its file was touched, reject it and the next run builds it anew',
    exit: ExitCode.refused,
  },
  'LOAD-OUTDATED': {
    title: 'What the load rests on is not so any more',
    hint: 'The next run of its job builds it anew, and the new one has to be approved; nothing was sent',
    exit: ExitCode.refused,
  },
  'LOAD-NOT-REVERSIBLE': {
    title: 'The load cannot be taken back by another',
    hint: 'Undo it in the ERP by hand; the reason says what stands in the way',
    exit: ExitCode.refused,
  },
  'X12-WRITE': {
    title: 'An X12 document cannot be written as it is',
    hint: 'Mend the value named, or give the partner other delimiters; nothing was written',
    exit: ExitCode.refused,
  },
  'TOTALS-DIFFER': {
    title: 'Control totals do not tie: what came in is not what was accounted for',
    hint: 'This is a defect in Matchbook. Nothing was pushed; report it with the run id',
    exit: ExitCode.defect,
  },
  USAGE: { title: 'The command was called wrongly', hint: 'See --help', exit: ExitCode.usage },
} as const satisfies Record<string, { title: string; hint: string; exit: ExitCode }>

export type ErrorCode = keyof typeof errorCatalogue
