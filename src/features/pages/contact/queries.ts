import type { Insertable, Selectable } from 'kysely'
import type { ContactMessagesTable, Db, Tx } from '../../../platform/store/index.ts'

export type ContactMessage = Selectable<ContactMessagesTable>
export type NewMessage = Insertable<ContactMessagesTable>

/** The same text from the same address since then. */
export async function sameMessage(
  db: Db,
  message: Omit<NewMessage, 'suspect_at'>,
  since: number,
): Promise<number | undefined> {
  const row = await db
    .selectFrom('contact_messages')
    .select('id')
    .where('address', '=', message.address ?? '')
    .where('created_at', '>', since)
    .where('text', '=', message.text)
    .where('subject', '=', message.subject)
    .where('email', '=', message.email)
    .executeTakeFirst()
  return row?.id
}

export async function insertMessage(tx: Tx, message: NewMessage): Promise<number> {
  const row = await tx.insertInto('contact_messages').values(message).returning('id').executeTakeFirstOrThrow()
  return row.id
}

export async function messageById(db: Db, id: number): Promise<ContactMessage | undefined> {
  return db.selectFrom('contact_messages').selectAll().where('id', '=', id).executeTakeFirst()
}

/** How many wait for an answer, those that look like a machine's left out. */
export async function countOpen(db: Db): Promise<number> {
  const row = await db
    .selectFrom('contact_messages')
    .select(eb => eb.fn.countAll<number>().as('messages'))
    .where('handled_at', 'is', null)
    .where('suspect_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(row.messages)
}

export type MessageFilter = 'open' | 'handled' | 'all'

export interface ListedMessage extends ContactMessage {
  /** Who dealt with it. */
  readonly handler: string | null
}

export interface MessageList {
  readonly rows: ListedMessage[]
  readonly total: number
}

/** Newest first, those that look like a machine's after all others. */
export async function listMessages(
  db: Db,
  { filter, limit, offset }: { filter: MessageFilter; limit: number; offset: number },
): Promise<MessageList> {
  const found = db
    .selectFrom('contact_messages')
    .$if(filter === 'open', query => query.where('handled_at', 'is', null))
    .$if(filter === 'handled', query => query.where('handled_at', 'is not', null))
  const rows = await found
    .leftJoin('members', 'members.id', 'handled_by_id')
    .selectAll('contact_messages')
    .select('members.name as handler')
    .orderBy(eb => eb.case().when('suspect_at', 'is', null).then(0).else(1).end())
    .orderBy('contact_messages.id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute()
  const { total } = await found.select(eb => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  return { rows, total: Number(total) }
}

/** null, null: nobody has. A message that is in this state already stays as it is. */
export async function writeHandled(db: Db, id: number, at: number | null, byId: number | null): Promise<void> {
  await db
    .updateTable('contact_messages')
    .set({ handled_at: at, handled_by_id: byId })
    .where('id', '=', id)
    .where('handled_at', at === null ? 'is not' : 'is', null)
    .execute()
}

export interface Administrator {
  readonly id: number
  readonly email: string
  readonly locale: string | null
}

/** Everybody who runs the forum, or one of them. */
export async function administrators(db: Db, id?: number): Promise<Administrator[]> {
  return db
    .selectFrom('members')
    .innerJoin('groups', 'groups.id', 'members.group_id')
    .select(['members.id', 'email', 'locale'])
    .where('groups.kind', '=', 'administrators')
    .where('deleted_at', 'is', null)
    .$if(id !== undefined, query => query.where('members.id', '=', id ?? 0))
    .orderBy('members.id')
    .execute()
}
