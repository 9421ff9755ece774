import { createHash, randomUUID } from 'node:crypto'
import { access, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What may be kept: pictures that we have made ourselves. */
export type FileKind = 'png' | 'jpg' | 'webp'

/** Uploads that are kept for good, each under a name that its content gives it. */
export interface Files {
  /** Where they lie. */
  readonly folder: string
  /** Keeps these bytes and says where they are served; the same bytes are kept once. */
  keep(bytes: Buffer, kind: FileKind): Promise<string>
}

/** The only names there are: nothing else below `/files/` is looked for. */
export const fileName = /^[0-9a-f]{64}\.(?:png|jpg|webp)$/

/**
 * Keeps files in a folder on the disk, which is made when the first one comes. Where several processes serve one forum
 * they must share it: a file is written by the process that took the upload and served by any.
 */
export function openFiles(folder: string): Files {
  return {
    folder,
    async keep(bytes, kind) {
      const name = `${createHash('sha256').update(bytes).digest('hex')}.${kind}`
      if (!(await isThere(join(folder, name)))) await write(folder, name, bytes)
      return `/files/${name}`
    },
  }
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

/** Under another name first, so that nobody is ever served half a file, not even after a power cut. */
async function write(folder: string, name: string, bytes: Buffer): Promise<void> {
  await mkdir(folder, { recursive: true })
  const draft = join(folder, `${randomUUID()}.part`)
  try {
    await writeFile(draft, bytes, { flag: 'wx', flush: true })
    await rename(draft, join(folder, name))
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}
