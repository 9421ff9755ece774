import { msg } from '../../../platform/errors.ts'
import type { Db } from '../../../platform/store/index.ts'
import type { Viewer } from '../../members/index.ts'
import type { MenuItem } from '../../topics/index.ts'
import { allSavedActs } from '../queries/saved.ts'
import type { TopicTarget } from '../targets/target.ts'
import { maySave } from './perform-saved.ts'

/** Where saved acts are sent. */
export const savedPath = '/moderate/saved/'

/** The saved acts that this viewer may do to this topic, as lines of its menu. */
export async function savedMenu(db: Db, viewer: Viewer, target: TopicTarget): Promise<MenuItem[]> {
  const fitting = (await allSavedActs(db)).filter(saved => saved.steps.length > 0 && maySave(viewer, saved, target))
  return fitting.map(({ id, name }) => ({
    text: msg('moderation.saved_name', { name }),
    symbol: 'list-todo',
    action: savedPath,
    fields: { saved: String(id), topic: String(target.id) },
  }))
}
