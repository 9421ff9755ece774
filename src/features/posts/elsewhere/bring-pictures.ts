import { rm, writeFile } from 'node:fs/promises'
import { posix } from 'node:path'
import { remotePicturesIn } from '../../../content/index.ts'
import { Invalid } from '../../../platform/errors.ts'
import { enqueue } from '../../../platform/jobs/index.ts'
import { FetchFailed } from '../../../platform/outward/index.ts'
import { type Db, inTransaction, type Tx } from '../../../platform/store/index.ts'
import { filesOf, mayKeepMore } from '../../attachments/index.ts'
import { type Errand, errandFor, pauseBeforeVisit } from '../../cards/index.ts'
import { loadViewer } from '../../members/index.ts'
import { settings } from '../../settings/index.ts'
import { keepPicture } from '../pictures/keep-picture.ts'
import { postById } from '../queries/posts.ts'
import { waitsForApproval } from './waits.ts'

/** The job that fetches the pictures that a post shows from elsewhere. */
export const bringPicturesJob = 'posts.bring-pictures'

export interface PicturesOf {
  readonly postId: number
  /** How often it was tried before. */
  readonly tries?: number
}

/** Of one post no more are kept. */
const most = 20

const hour = 3_600_000

/** When those are asked again that did not answer. */
const pauses = [hour, 24 * hour]

export async function bringPicturesSoon(tx: Tx, of: PicturesOf, runAt = Date.now()): Promise<void> {
  await enqueue(tx, bringPicturesJob, of, { key: `pictures:${of.postId}`, runAt })
}

/**
 * Fetches the pictures that a post shows from elsewhere, and keeps them; each is shown as soon as it is there. What cannot
 * be had stays a link, and is asked for twice more if its server was only silent; so does everything of whoever has had
 * enough kept.
 */
export async function bringPictures(db: Db, { postId, tries = 0 }: PicturesOf): Promise<void> {
  const errand = (await settings(db)).remote_images === 'keep' ? await errandFor(db) : null
  const post = errand ? await postById(db, postId) : undefined
  if (!errand || !post || (await waitsForApproval(db, post))) return
  if (!(await mayKeepMore(db, await loadViewer(db, post.member_id, '')))) return
  let isSilent = false
  for (const url of remotePicturesIn(post.html).slice(0, most)) {
    const pause = await pauseBeforeVisit(db, post.member_id)
    if (pause > 0) return again(db, { postId, tries }, pause)
    isSilent = (await bring(db, errand, { postId, url })) === 'silent' || isSilent
  }
  const pause = pauses[tries]
  if (isSilent && pause) await again(db, { postId, tries: tries + 1 }, pause)
}

function again(db: Db, of: PicturesOf, pause: number): Promise<void> {
  return inTransaction(db, tx => bringPicturesSoon(tx, of, Date.now() + pause))
}

type Wanted = { readonly postId: number; readonly url: string }

async function bring(db: Db, errand: Errand, { postId, url }: Wanted): Promise<'done' | 'silent'> {
  const files = filesOf(db)
  const path = await files.scratch()
  try {
    const { bytes } = await errand.fetchOut(url, { accept: ['image/*'] })
    await writeFile(path, bytes, { flag: 'wx' })
    await keepPicture(db, files, { path, name: nameIn(url), bytes: bytes.length, sourceUrl: url, postId })
    return 'done'
  } catch (error) {
    if (error instanceof FetchFailed) return isPassing(error) ? 'silent' : 'done'
    if (error instanceof Invalid) return 'done'
    throw error
  } finally {
    await rm(path, { force: true })
  }
}

/** Whether it may go better another time. */
function isPassing({ fault, status }: FetchFailed): boolean {
  return ['connection', 'time', 'unwanted'].includes(fault) || (status !== null && status >= 500) || status === 429
}

/** What the address calls it; the content says what it is. */
function nameIn(url: string): string {
  return posix.basename(URL.parse(url)?.pathname ?? '') || 'image'
}
