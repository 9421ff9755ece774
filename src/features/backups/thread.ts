import {
  type BackupContents,
  BackupFault,
  lookIntoBackup,
  makeBackup,
  restoreBackup,
  verifyBackup,
} from '../../platform/backup/index.ts'
import { DatabaseIsNewer, openStore, type Store } from '../../platform/store/index.ts'
import { progressIn } from './folder/notes.ts'
import { filesOf, folderOf, type Keeping, notCopied } from './keeping.ts'

type Place = Pick<Keeping, 'database' | 'dataDir' | 'secretFile'>

/** What is done beside the thread that answers requests, with a connection of its own. */
export type Task =
  | { readonly do: 'make'; readonly file: string; readonly place: Place }
  | { readonly do: 'look'; readonly file: string }
  | { readonly do: 'check'; readonly file: string; readonly place: Place }
  | { readonly do: 'restore'; readonly file: string; readonly place: Place }

/** `fault`: a sentence for whoever asked. */
export type Done = { readonly contents?: BackupContents; readonly faults?: readonly string[]; readonly fault?: string }

/** Whoever was signed in when the copy was made signs in again: who was thrown out since then stays out. */
const notRestored = ['sessions', 'remember_tokens']

export async function answer(task: Task): Promise<Done> {
  try {
    return await acts[task.do](task as never)
  } catch (error) {
    if (error instanceof BackupFault || error instanceof DatabaseIsNewer) return { fault: error.message }
    throw error
  }
}

type Of<D extends Task['do']> = Extract<Task, { do: D }>

const acts = {
  look: async ({ file }: Of<'look'>): Promise<Done> => ({ contents: await lookIntoBackup(file) }),
  check: async ({ file, place }: Of<'check'>): Promise<Done> => ({
    contents: await verifyBackup(file, progressIn(folderOf(place), 'check')),
  }),
  make: ({ file, place }: Of<'make'>): Promise<Done> => withStore(place, store => copy(store, file, place)),
  restore: ({ file, place }: Of<'restore'>): Promise<Done> => withStore(place, store => bringBack(store, file, place)),
}

async function withStore(place: Place, act: (store: Store) => Promise<Done>): Promise<Done> {
  const store = await openStore(place.database, { poolSize: 2 })
  try {
    return await act(store)
  } finally {
    await store.close()
  }
}

async function copy(store: Store, file: string, place: Place): Promise<Done> {
  const folder = folderOf(place)
  const holdings = { store, files: filesOf(place), secretFile: place.secretFile }
  const { faults } = await makeBackup(holdings, {
    file,
    overwrite: false,
    without: notCopied,
    onProgress: progressIn(folder, 'rows'),
    onFile: progressIn(folder, 'files'),
  })
  return { faults }
}

async function bringBack(store: Store, file: string, place: Place): Promise<Done> {
  const holdings = { store, files: filesOf(place), secretFile: place.secretFile }
  const onProgress = progressIn(folderOf(place), 'load')
  const { madeAt, rows, files } = await restoreBackup(holdings, { file, over: { without: notRestored }, onProgress })
  return { contents: { madeAt, rows, files, bytes: 0 } }
}
