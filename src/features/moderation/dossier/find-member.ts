import { NotFound } from '../../../platform/errors.ts'
import type { Db } from '../../../platform/store/index.ts'
import { formerNames, type Member, mayModerateEverywhere, memberById, type Viewer } from '../../members/index.ts'
import { type Sanction, sanctionsOf } from '../../sanctions/index.ts'
import type { MenuItem } from '../../topics/index.ts'
import { menuFor } from '../menus.ts'
import { notesAbout } from '../queries/dossier.ts'
import { type Sighting, sightings } from '../queries/network.ts'
import { findTarget } from '../targets.ts'

type Note = Awaited<ReturnType<typeof notesAbout>>[number]

/** What moderators know about a member. */
export interface Dossier {
  readonly member: Pick<Member, 'id' | 'name' | 'joined_at' | 'last_seen_at' | 'post_count' | 'closed_at'>
  /** null: they are the viewer's equal, or stand above: nobody reads what is noted about those. */
  readonly inside: Inside | null
}

interface Inside {
  readonly acts: readonly MenuItem[]
  /** How they were called before, the latest first. */
  readonly formerNames: readonly string[]
  readonly sanctions: readonly (Sanction & { readonly by_name: string | null })[]
  readonly notes: readonly (Note & { readonly mayDelete: boolean })[]
  /** null: network addresses are for those who moderate every forum. */
  readonly addresses: readonly Sighting[] | null
  readonly mayClean: boolean
}

/** Everything that the page about a member shows to this moderator. Throws NotFound. */
export async function dossierOf(db: Db, viewer: Viewer, id: number): Promise<Dossier> {
  const target = await findTarget(db, viewer, { kind: 'member', id })
  const member = await memberById(db, id)
  if (!member) throw new NotFound()
  if (target.author.standing >= viewer.standing) return { member, inside: null }
  const everywhere = mayModerateEverywhere(viewer, 'ban')
  const notes = await notesAbout(db, id)
  return {
    member,
    inside: {
      acts: menuFor(viewer, target),
      formerNames: (await formerNames(db, id)).map(({ name }) => name),
      sanctions: await sanctionsOf(db, id),
      notes: notes.map(note => ({ ...note, mayDelete: viewer.admin || note.written_by_id === viewer.member?.id })),
      addresses: everywhere ? await sightings(db, { memberId: id }) : null,
      mayClean: everywhere,
    },
  }
}

/** The same, as far as the viewer may judge them. Throws NotFound for those who are above that. */
export async function insideOf(db: Db, viewer: Viewer, id: number): Promise<Inside> {
  const { inside } = await dossierOf(db, viewer, id)
  if (!inside) throw new NotFound()
  return inside
}
