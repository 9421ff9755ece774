import { Invalid, msg } from '../../platform/errors.ts'
import { type DiskFile, type Files, makeImage, type Sniffed, sniff } from '../../platform/files/index.ts'
import { type Db, inTransaction, lockName } from '../../platform/store/index.ts'
import { plainFileName, tidyFileName } from './file-name.ts'
import type { UploadLimits } from './limits.ts'
import { type Attachment, bytesOf, insertAttachment } from './queries/attachments.ts'
import { type KeptNames, namesIn, removeAttachment } from './remove-files.ts'

/** Why a file is not taken that might be taken elsewhere: its kind. */
export class KindRefused extends Invalid {}
/** Why it might be taken if there were less of it. */
export class TooBig extends Invalid {}

/** Whose it will be, and what they may upload; null: the forum's, because a post shows it. */
export type Owner = { readonly memberId: number; readonly limits: UploadLimits } | null

/**
 * Keeps a file that lies on the disk, as what its content is: pictures made anew in three sizes, other kinds as they
 * came. Throws KindRefused, TooBig, and Invalid for a picture that is broken, each for the field `file`.
 */
export async function takeFile(
  db: Db,
  files: Files,
  owner: Owner,
  { path, name, bytes }: DiskFile,
  sourceUrl: string | null = null,
): Promise<Attachment> {
  const found = await sniff(path)
  const shown = plainFileName(name)
  if (!found || (!owner && found.kind !== 'image'))
    throw new KindRefused({ file: msg('files.kind_refused', { name: shown }) })
  if (owner?.limits.kinds === 'images' && found.kind !== 'image')
    throw new KindRefused({ file: msg('files.images_only', { name: shown }) })
  const named = { name, sourceUrl }
  if (found.kind === 'file') return keep(db, files, owner, { ...named, found, bytes, paths: { full: path } })
  const made = await makeImage(files, path, shown)
  try {
    const { type, width, height } = made
    const endings = type === found.type ? found.endings : ['webp']
    const paths = { full: made.full, display: made.display, thumb: made.thumb }
    const image = { ...named, found: { ...found, type, endings }, bytes: made.bytes, width, height, paths }
    return await keep(db, files, owner, image)
  } finally {
    await made.forget()
  }
}

interface Kept {
  readonly name: string
  readonly sourceUrl: string | null
  readonly found: Sniffed
  readonly bytes: number
  readonly width?: number
  readonly height?: number
  readonly paths: { readonly full: string; readonly display?: string; readonly thumb?: string }
}

/**
 * The files first, then the row; and the files again, should the last row of the same content have gone in between, and
 * they with it (`removeUnused` holds the same locks).
 */
async function keep(db: Db, files: Files, owner: Owner, given: Kept): Promise<Attachment> {
  const { full, display, thumb } = given.paths
  const hold = async () => ({
    file: await files.hold(full),
    display: display === undefined ? null : await files.hold(display),
    thumb: thumb === undefined ? null : await files.hold(thumb),
  })
  // What is refused below takes its room on the disk for a day.
  if (owner) await demandRoom(db, owner, given.bytes)
  const kept = await hold()
  const row = await inTransaction(db, async tx => {
    for (const name of namesIn(kept)) await lockName(tx, `file ${name}`)
    if (owner) {
      await lockName(tx, `uploads of ${owner.memberId}`)
      await demandRoom(tx, owner, given.bytes)
    }
    return insertAttachment(tx, rowOf(owner, given, kept))
  })
  await hold()
  return row
}

function rowOf(owner: Owner, { name, found, bytes, width, height, sourceUrl }: Kept, kept: KeptNames) {
  return {
    member_id: owner?.memberId ?? null,
    name: tidyFileName(name, found.endings),
    kind: found.kind,
    type: found.type,
    bytes,
    width: width ?? null,
    height: height ?? null,
    ...kept,
    source_url: sourceUrl,
    created_at: Date.now(),
  }
}

async function demandRoom(db: Db, { memberId, limits }: NonNullable<Owner>, bytes: number): Promise<void> {
  const left = limits.totalBytes - (await bytesOf(db, memberId))
  if (bytes > left)
    throw new TooBig({ file: msg('attachments.no_room', { size: Math.floor(limits.totalBytes / mebibyte) }) })
}

const mebibyte = 1024 * 1024

/** All of them or none: what came before the one that is refused goes again. Throws as `takeFile`. */
export async function takeFiles(
  db: Db,
  files: Files,
  owner: Owner,
  chosen: readonly DiskFile[],
): Promise<Attachment[]> {
  const taken: Attachment[] = []
  try {
    for (const file of chosen) taken.push(await takeFile(db, files, owner, file))
    return taken
  } catch (error) {
    for (const { id } of taken) await removeAttachment(db, files, id)
    throw error
  }
}
