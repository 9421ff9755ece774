import { excerpt } from '../../../content/index.ts'
import { NotFound } from '../../../platform/errors.ts'
import type { Db } from '../../../platform/store/index.ts'
import {
  formerNames,
  type Member,
  mayModerateEverywhere,
  memberById,
  moderatedForums,
  moderatesEverywhere,
  postsShown,
  type Viewer,
} from '../../members/index.ts'
import { type Sanction, sanctionsOf } from '../../sanctions/index.ts'
import type { MenuItem } from '../../topics/index.ts'
import { menuFor } from '../menus/menus.ts'
import { latestIn, notesAbout, postsAmong } from '../queries/dossier.ts'
import { type Sighting, sightings } from '../queries/network.ts'
import { findTarget } from '../targets/find-target.ts'
import { type Item, loadItems } from '../targets/items.ts'
import type { MemberTarget } from '../targets/target.ts'

const shown = 20
const excerptLength = 200

type Note = Awaited<ReturnType<typeof notesAbout>>[number]

/** What moderators know about a member. */
export interface Dossier {
  readonly member: Pick<Member, 'id' | 'name' | 'joined_at' | 'last_seen_at' | 'post_count' | 'closed_at'>
  /** null: they are the viewer's equal, or stand above: nobody reads what is noted about those. */
  readonly inside: Inside | null
  /** Of whoever moderates some forums only: what the member wrote there last. */
  readonly items: readonly (Item & { readonly excerpt: string })[]
}

interface Inside {
  readonly acts: readonly MenuItem[]
  /** How they were called before, the latest first. */
  readonly formerNames: readonly string[]
  /** Of whoever moderates some forums only: warnings about posts there. */
  readonly sanctions: readonly (Sanction & { readonly by_name: string | null })[]
  /** null: notes are for those who moderate every forum. */
  readonly notes: readonly (Note & { readonly mayDelete: boolean })[] | null
  /** null: network addresses are for those who ban. */
  readonly addresses: readonly Sighting[] | null
  readonly mayClean: boolean
}

/**
 * Everything that the page about a member shows to this moderator. Whoever moderates some forums only sees what stands
 * there. Throws NotFound, for them also when nothing does.
 */
export async function dossierOf(db: Db, viewer: Viewer, id: number): Promise<Dossier> {
  const target = await findTarget(db, viewer, { kind: 'member', id })
  const member = await memberById(db, id)
  if (!member || target.kind !== 'member') throw new NotFound()
  const isBelow = target.author.standing < viewer.standing
  if (!moderatesEverywhere(viewer)) return localDossier(db, viewer, target, member, isBelow)
  const shown = { ...member, post_count: postsShown(viewer, member) }
  return { member: shown, inside: isBelow ? await everythingAbout(db, viewer, target) : null, items: [] }
}

async function everythingAbout(db: Db, viewer: Viewer, target: MemberTarget): Promise<Inside> {
  const { id } = target
  const mayBan = mayModerateEverywhere(viewer, 'ban')
  const notes = await notesAbout(db, id)
  return {
    acts: menuFor(viewer, target),
    formerNames: (await formerNames(db, id)).map(({ name }) => name),
    sanctions: await sanctionsOf(db, id),
    notes: notes.map(note => ({ ...note, mayDelete: viewer.admin || note.written_by_id === viewer.member?.id })),
    addresses: mayBan ? await sightings(db, { memberId: id }) : null,
    mayClean: mayBan,
  }
}

async function localDossier(
  db: Db,
  viewer: Viewer,
  target: MemberTarget,
  member: Member,
  isBelow: boolean,
): Promise<Dossier> {
  const forums = moderatedForums(viewer)
  const posts = await latestIn(db, target.id, forums, shown)
  if (posts.length === 0) throw new NotFound()
  const refs = posts.map(id => ({ kind: 'post' as const, id }))
  const items = (await loadItems(db, viewer, refs)).map(item => ({ ...item, excerpt: wordsOf(item) }))
  const inside = isBelow ? await warningsAbout(db, viewer, target, forums) : null
  return { member: { ...member, post_count: postsShown(viewer, member), last_seen_at: null }, inside, items }
}

async function warningsAbout(db: Db, viewer: Viewer, target: MemberTarget, forums: readonly number[]): Promise<Inside> {
  const all = await sanctionsOf(db, target.id)
  const here = await postsAmong(
    db,
    all.flatMap(row => row.post_id ?? []),
    forums,
  )
  const sanctions = all.filter(row => row.post_id !== null && here.has(row.post_id))
  return { acts: menuFor(viewer, target), formerNames: [], sanctions, notes: null, addresses: null, mayClean: false }
}

function wordsOf({ post }: Item): string {
  return excerpt(post?.text ?? '', excerptLength)
}

/** Throws NotFound for those who may not read what is noted about this member. */
export async function demandNotes(db: Db, viewer: Viewer, id: number): Promise<void> {
  if (!(await dossierOf(db, viewer, id)).inside?.notes) throw new NotFound()
}
