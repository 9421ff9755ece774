import { hashSecret, isSecret, newSecret } from '../../platform/secret.ts'
import type { Db, Tx } from '../../platform/store/index.ts'
import {
  type Invitation,
  insertInvitation,
  listInvitations,
  membersInvited,
  openInvitationByHash,
  useInvitation,
} from './queries/invitations.ts'

export interface InvitationValues {
  readonly note: string
  /** null: any number. */
  readonly mostUses: number | null
  /** Epoch milliseconds; null: until somebody ends it. */
  readonly expiresAt: number | null
}

/** Makes an invitation and gives the secret of its link, which is stored nowhere. */
export async function createInvitation(db: Db, memberId: number, values: InvitationValues): Promise<string> {
  const secret = newSecret()
  await insertInvitation(db, {
    hash: hashSecret(secret),
    note: values.note,
    most_uses: values.mostUses,
    expires_at: values.expiresAt,
    created_at: Date.now(),
    created_by_id: memberId,
  })
  return secret
}

/** The invitation that this secret opens; null when there is none, or it is used up, over or ended. */
export async function openInvitation(db: Db, secret: unknown): Promise<Invitation | null> {
  if (!isSecret(secret)) return null
  return (await openInvitationByHash(db, hashSecret(secret), Date.now())) ?? null
}

/** Uses the invitation of this secret once; its id, or null when it is not good (any more). */
export async function takeInvitation(tx: Tx, secret: unknown): Promise<number | null> {
  if (!isSecret(secret)) return null
  return (await useInvitation(tx, hashSecret(secret), Date.now())) ?? null
}

export interface ListedInvitation extends Omit<Invitation, 'hash'> {
  readonly members: readonly { readonly id: number; readonly name: string }[]
  /** Why it opens nothing any more. */
  readonly over: 'ended' | 'late' | 'used' | null
}

/** Every invitation with those who came by it, the newest first. */
export async function invitationList(db: Db, now = Date.now()): Promise<ListedInvitation[]> {
  const invitations = await listInvitations(db)
  const members = await membersInvited(
    db,
    invitations.map(({ id }) => id),
  )
  return invitations.map(({ hash: _hash, ...invitation }) => ({
    ...invitation,
    members: members.filter(({ invitation_id }) => invitation_id === invitation.id),
    over: whyOver(invitation, now),
  }))
}

function whyOver(one: Omit<Invitation, 'hash'>, now: number): ListedInvitation['over'] {
  if (one.ended_at !== null) return 'ended'
  if (one.expires_at !== null && one.expires_at <= now) return 'late'
  return one.most_uses !== null && one.uses >= one.most_uses ? 'used' : null
}
