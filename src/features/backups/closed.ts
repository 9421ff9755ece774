import { type Db, identityOf } from '../../platform/store/index.ts'
import { readNote, type Work } from './folder/notes.ts'
import { folderOf, keepingOf } from './keeping.ts'

const closed = new WeakSet<object>()

/** From now on this process asks the database nothing on behalf of visitors; until what this gives is called. */
export function closeFor(db: Db): () => void {
  closed.add(identityOf(db))
  return () => void closed.delete(identityOf(db))
}

/** How far bringing a backup back has come, while nobody is let in; else null. */
export function restoringNow(db: Db): Pick<Work, 'stage' | 'done' | 'total'> | null {
  if (!closed.has(identityOf(db))) return null
  return readNote(folderOf(keepingOf(db)), 'work') ?? { stage: 'begin', done: 0, total: 0 }
}
