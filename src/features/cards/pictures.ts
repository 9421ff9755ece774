import { basename } from 'node:path'
import { Refusal } from '../../platform/errors.ts'
import { type Files, makePreview } from '../../platform/files/index.ts'
import { FetchFailed } from '../../platform/outward/index.ts'
import type { Db } from '../../platform/store/index.ts'
import { filesOf } from '../attachments/index.ts'
import type { Errand } from './going-out.ts'
import { isPictureShown } from './queries.ts'

/** Pixels into which a picture of a card must fit: as much as it is shown in, twice. */
const box = { width: 320, height: 320 }

export interface KeptPicture {
  readonly picture: string | null
  readonly picture_width: number | null
  readonly picture_height: number | null
}

export const noPicture: KeptPicture = { picture: null, picture_width: null, picture_height: null }

/** Fetches a picture, makes it anew and keeps it. What cannot be had or is none is no picture. */
export async function bringPicture(errand: Errand, files: Files, url: string): Promise<KeptPicture> {
  try {
    const { bytes } = await errand.fetchOut(url, { accept: ['image/*'] })
    const made = await makePreview(bytes, box)
    return { picture: await files.keep(made.bytes, 'webp'), picture_width: made.width, picture_height: made.height }
  } catch (error) {
    if (error instanceof FetchFailed || error instanceof Refusal) return noPicture
    throw error
  }
}

/** So long at most it takes from the moment at which a picture is kept until its card is written. */
export const writtenWithinMs = 60 * 60_000

/**
 * Removes a picture that no card shows any more, nor is about to: two pages may have the same one. Nothing else has a file
 * like it: no other pictures are made so.
 */
export async function letGoOfPicture(db: Db, picture: string): Promise<void> {
  const [files, name] = [filesOf(db), basename(picture)]
  if (((await files.age(name)) ?? 0) < writtenWithinMs || (await isPictureShown(db, picture))) return
  await files.remove(name)
}
