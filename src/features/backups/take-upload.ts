import { rename, rm } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Db } from '../../platform/store/index.ts'
import { beside } from './beside.ts'
import { newPart } from './folder/list.ts'
import { largestUpload } from './folder/room.ts'
import { folderOf, keepingOf } from './keeping.ts'

/** A backup that somebody sends: where it is written as it comes, and what it may have at most. */
export async function placeForUpload(db: Db): Promise<{ path: string; maxBytes: number }> {
  const keeping = keepingOf(db)
  const maxBytes = await largestUpload(keeping)
  return { path: await newPart(folderOf(keeping), 'uploaded'), maxBytes }
}

export type Taken = { readonly name: string; readonly path: string } | { readonly fault: string }

/** Keeps what was sent as a backup, if that is what it is; else it is gone, and why is said. */
export async function takeUpload(part: string): Promise<Taken> {
  const path = part.replace(/\.part$/, '')
  const { contents, fault } = await beside({ do: 'look', file: part }).catch(() => ({ contents: undefined, fault: '' }))
  if (!contents) {
    await rm(part, { force: true })
    return { fault: (fault ?? '').replaceAll(part, 'The file') }
  }
  await rename(part, path)
  return { name: basename(path), path }
}
