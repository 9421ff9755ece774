import { Conflict, type Message, msg, NotFound } from '../../../platform/errors.ts'
import { type Db, inTransaction, type Tx } from '../../../platform/store/index.ts'
import type { Viewer } from '../../members/index.ts'
import {
  lockSettings,
  registry,
  type Setting,
  type SettingKey,
  type Settings,
  writeSettings,
} from '../../settings/index.ts'
import { putPermissionsBack } from '../permissions/change-permissions.ts'
import { type Change, logDeed, type MemberChange, type PermissionChange } from './entry.ts'
import { putMembersBack } from './put-members-back.ts'
import { lockEntry, markUndone } from './queries.ts'

/** Who changes settings, on which page, and what they are told of it. */
export interface Changing {
  readonly by: number
  readonly path: string
  readonly message: Message
}

/** Stores settings and writes down which of them changed, with their value before and after. The caller has checked them. */
export async function changeSettings(db: Db, values: Partial<Settings>, changing: Changing): Promise<void> {
  await inTransaction(db, async tx => write(tx, await lockSettings(tx), values, changing))
}

async function write(tx: Tx, before: Settings, values: Partial<Settings>, changing: Changing): Promise<void> {
  const keys = (Object.keys(values) as SettingKey[]).filter(key => !isSame(values[key], before[key]))
  const changes = keys.map(key => changeOf(key, before[key], values[key]))
  if (changes.length === 0) return
  await writeSettings(tx, values)
  await logDeed(tx, { ...changing, changes })
}

/**
 * Puts back what was changed by this entry of the log: settings, permissions, or the groups of members; what was done then.
 * Throws NotFound; Conflict when one of them was changed again since, or held a secret that nobody wrote down, with its name
 * as `setting`; and what refuses changing a group. Then all stay as they are.
 */
export async function undoChange(db: Db, viewer: Viewer, id: number): Promise<Message> {
  const by = viewer.member?.id ?? 0
  return inTransaction(db, async tx => {
    const before = await lockSettings(tx)
    const entry = await lockEntry(tx, id)
    if (!entry?.changes) throw new NotFound()
    if (entry.undone_at !== null) throw new Conflict(msg('admin.log_undone_already'))
    const known: readonly (Change | PermissionChange | MemberChange)[] = JSON.parse(entry.changes)
    const members = known.flatMap(change => ('member' in change ? [change] : []))
    await markUndone(tx, id, by, Date.now())
    if (members.length > 0) {
      await putMembersBack(tx, viewer, members, entry.path)
      return msg('admin.log_members_back')
    }
    const permissions = known.flatMap(change => ('verb' in change ? [change] : []))
    const changes = known.flatMap(change => ('verb' in change || 'member' in change ? [] : [change]))
    if (permissions.length > 0 && !(await putPermissionsBack(tx, permissions, { by, path: entry.path })))
      throw new Conflict(msg('admin.log_permissions_since'))
    if (changes.some(change => change.label)) throw new NotFound()
    const values = Object.fromEntries(changes.map(change => [change.key, valueBefore(change, before)]))
    await write(tx, before, values, { by, path: entry.path, message: msg('admin.log_put_back') })
    return msg('admin.log_put_back')
  })
}

function changeOf(key: SettingKey, from: unknown, to: unknown): Change {
  const { secret } = registry[key] as Setting<unknown>
  if (!secret) return { key, from, to }
  const lost = secret.unmask(secret.mask(from), to) !== from
  return { key, from: secret.mask(from), to: secret.mask(to), ...(lost && { lost }) }
}

function valueBefore({ key, from, to, lost }: Change, now: Settings): unknown {
  const setting = (registry as Partial<Record<string, Setting<unknown>>>)[key]
  const value = now[key as SettingKey]
  const current = setting?.secret ? setting.secret.mask(value) : value
  if (!setting || !isSame(current, to)) throw new Conflict(msg('admin.log_changed_since', { setting: key }))
  if (lost) throw new Conflict(msg('admin.log_secret', { setting: key }))
  const read = setting.type.safeParse(setting.secret ? setting.secret.unmask(from, value) : from)
  if (!read.success) throw new Conflict(msg('admin.log_outdated', { setting: key }))
  return read.data
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
