import { Invalid, msg, NotFound } from '../../platform/errors.ts'
import { hashSecret, isSecret, newSecret } from '../../platform/secret.ts'
import { bumpRevisions, type Db, inTransaction, type Tx } from '../../platform/store/index.ts'
import { hasAdministrator } from '../members/index.ts'
import { registry, writeSettings } from '../settings/index.ts'
import { type Accounts, checkNewMember, type NewMemberValues, type PreparedMember, storeMember } from './new-member.ts'
import { deleteSecretsFor, hasSecret, keepSecret, takeSecret } from './queries/secrets.ts'

const purpose = 'setup'
const linkLastsMs = 30 * 24 * 60 * 60 * 1000

export interface SetupValues extends NewMemberValues {
  readonly forum_name: string
  /** The forum's public address, such as https://forum.example.org */
  readonly base_url: string
}

/** What other features do when the first administrator comes. */
export interface SetupGuests {
  /** Makes the welcome topic theirs. */
  adoptWelcome(tx: Tx, memberId: number): Promise<void>
}

/**
 * While there is no administrator: a link that makes one, once, for whoever reads it where it is printed. Each start of
 * the forum makes its own, so several processes may. Otherwise null.
 */
export async function setupLink(db: Db, baseUrl: string): Promise<string | null> {
  if (await hasAdministrator(db)) return null
  const token = newSecret()
  const now = Date.now()
  await keepSecret(db, { hash: hashSecret(token), purpose, created_at: now, expires_at: now + linkLastsMs })
  return `${baseUrl}/setup/?token=${token}`
}

/** Does this token still open the set-up? */
export async function isSetupToken(db: Db, token: unknown): Promise<boolean> {
  if (!isSecret(token) || (await hasAdministrator(db))) return false
  return hasSecret(db, purpose, hashSecret(token), Date.now())
}

/**
 * Names the forum, makes its first administrator and says their id. Of several at once one succeeds. Throws NotFound
 * without a token that opens it, Invalid with everything that is wrong.
 */
export async function setUp({ db, hasher }: Accounts, token: string, values: SetupValues, guests: SetupGuests) {
  if (!(await isSetupToken(db, token))) throw new NotFound()
  const base_url = checkAddress(values.base_url)
  const options = { allowReserved: true, forumName: values.forum_name }
  const { name, email, password } = await checkNewMember(db, values, options)
  const member: PreparedMember = { name, email, password_hash: await hasher.hashPassword(password) }
  return inTransaction(db, async tx => {
    await openOnce(tx, token)
    const id = await storeMember(tx, member, 'administrators')
    await writeSettings(tx, { forum_name: values.forum_name, base_url })
    await guests.adoptWelcome(tx, id)
    return id
  })
}

/** Raising the revision takes its row, so that whoever comes second waits here and then finds the administrator. */
async function openOnce(tx: Tx, token: string): Promise<void> {
  await bumpRevisions(tx, 'shell')
  const opened = await takeSecret(tx, purpose, hashSecret(token), Date.now())
  if (!opened || (await hasAdministrator(tx))) throw new NotFound()
  await deleteSecretsFor(tx, purpose)
}

/** The address as it is kept. Throws Invalid unless it is that of a site reached by http or https. */
function checkAddress(typed: string): string {
  const read = registry.base_url.type.safeParse(typed)
  if (read.success && read.data !== '') return read.data
  throw new Invalid({ base_url: msg('accounts.setup_address_wrong') })
}
