import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { access, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { msg, Unavailable } from '../errors.ts'

/** What may be kept: pictures that we have made ourselves. */
export type FileKind = 'png' | 'jpg' | 'webp'

/** Uploads that are kept for good, each under a name that its content gives it. */
export interface Files {
  /** Where they lie. */
  readonly folder: string
  /** Keeps these bytes and says where they are served; the same bytes are kept once. */
  keep(bytes: Buffer, kind: FileKind): Promise<string>
  /** The names of all that are kept. */
  names(): Promise<string[]>
  read(name: string): Readable
  /** Puts a file from a copy back under its name. False when one of that name was there, which is left as it is. */
  putBack(name: string, content: Readable): Promise<boolean>
  remove(name: string): Promise<void>
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
    async names() {
      const found = await readdir(folder).catch(error => {
        if (isMissing(error)) return []
        throw error
      })
      return found.filter(name => fileName.test(name)).sort()
    },
    read: name => createReadStream(pathOf(folder, name)),
    async putBack(name, content) {
      const path = pathOf(folder, name)
      if (await isThere(path)) return false
      await write(folder, name, content)
      return true
    },
    remove: name => rm(pathOf(folder, name), { force: true }),
  }
}

/** Throws a plain Error for what is no name of ours, and would lead elsewhere. */
function pathOf(folder: string, name: string): string {
  if (!fileName.test(name)) throw new Error(`No kept file is named ${JSON.stringify(name)}`)
  return join(folder, name)
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

const roomInSeconds = 60

function hasNoRoom(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(ENOSPC|EDQUOT|EFBIG)$/.test(String(error.code))
}

/** Under another name first, so that nobody is ever served half a file, not even after a power cut. */
async function write(folder: string, name: string, content: Buffer | Readable): Promise<void> {
  const draft = join(folder, `${randomUUID()}.part`)
  try {
    await mkdir(folder, { recursive: true })
    await writeFile(draft, content, { flag: 'wx', flush: true })
    await rename(draft, join(folder, name))
  } catch (error) {
    await rm(draft, { force: true })
    throw hasNoRoom(error) ? new Unavailable(roomInSeconds, msg('http.no_room'), { cause: error }) : error
  }
}
