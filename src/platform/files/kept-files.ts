import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { access, mkdir, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { msg, Unavailable } from '../errors.ts'

/** What may be kept: pictures that we have made ourselves. */
export type FileKind = 'png' | 'jpg' | 'webp'

/** Uploads that are kept for good, each under a name that its content gives it. */
export interface Files {
  /** Where they lie. */
  readonly folder: string
  /** Keeps these bytes and says where they are served; the same bytes are kept once, and count as kept now. */
  keep(bytes: Buffer, kind: FileKind): Promise<string>
  /** Where a file may be made that is kept or removed soon; `sweep` removes what was forgotten there. */
  scratch(): Promise<string>
  /**
   * Keeps a copy of this file, which nobody gets by its name alone, and gives that name. The same content is kept once
   * and counts as kept now.
   */
  hold(path: string): Promise<string>
  /** Milliseconds since it was kept, or kept again; null when it is not there. */
  age(name: string): Promise<number | null>
  /** It counts as kept now. */
  touch(name: string): Promise<void>
  /** Removes what was made in the scratch room and forgotten so many milliseconds ago. */
  sweepScratch(olderThan: number): Promise<void>
  /** The names of all that are kept. */
  names(): Promise<string[]>
  read(name: string): Readable
  /** Puts a file from a copy back under its name. False when one of that name was there, which is left as it is. */
  putBack(name: string, content: Readable): Promise<boolean>
  remove(name: string): Promise<void>
}

/** What everybody gets by its name: nothing else below `/files/` is looked for. */
export const fileName = /^[0-9a-f]{64}\.(?:png|jpg|webp)$/

/** The only names there are; of `.kept` somebody else knows what it is and who may have it. */
export const keptName = /^[0-9a-f]{64}\.(?:png|jpg|webp|kept)$/

/**
 * Keeps files in a folder on the disk, which is made when the first one comes. Where several processes serve one forum
 * they must share it: a file is written by the process that took the upload and served by any.
 */
export function openFiles(folder: string): Files {
  return {
    folder,
    async keep(bytes, kind) {
      const name = `${createHash('sha256').update(bytes).digest('hex')}.${kind}`
      await touch(join(folder, name))
      // Whoever removes what nobody shows looks at its age, so what is there now stays for a while.
      if (!(await isThere(join(folder, name)))) await write(folder, name, bytes)
      return `/files/${name}`
    },
    async scratch() {
      await mkdir(folder, { recursive: true })
      return join(folder, `${randomUUID()}.part`)
    },
    async hold(path) {
      const name = `${await hashOf(path)}.kept`
      if (await isThere(join(folder, name))) await touch(join(folder, name))
      // It may have been removed in between, so this is asked again.
      if (!(await isThere(join(folder, name)))) await write(folder, name, createReadStream(path))
      return name
    },
    age: async name => {
      const found = await stat(pathOf(folder, name)).catch(ignoreMissing)
      return found ? Date.now() - found.mtimeMs : null
    },
    touch: name => touch(pathOf(folder, name)),
    async sweepScratch(olderThan) {
      const left = (await readdir(folder).catch(ignoreMissing)) ?? []
      for (const name of left.filter(one => one.endsWith('.part'))) {
        const found = await stat(join(folder, name)).catch(ignoreMissing)
        if (found && Date.now() - found.mtimeMs > olderThan) await rm(join(folder, name), { force: true })
      }
    },
    async names() {
      const found = (await readdir(folder).catch(ignoreMissing)) ?? []
      return found.filter(name => keptName.test(name)).sort()
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
  if (!keptName.test(name)) throw new Error(`No kept file is named ${JSON.stringify(name)}`)
  return join(folder, name)
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

function ignoreMissing(error: unknown): null {
  if (isMissing(error)) return null
  throw error
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  return hash.digest('hex')
}

async function touch(path: string): Promise<void> {
  const now = new Date()
  await utimes(path, now, now).catch(ignoreMissing)
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

const roomInSeconds = 60

/** What became of writing a file: where the disk is full we are busy, which somebody has to end. */
export function explainRoom(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const isFull = 'code' in error && /^(ENOSPC|EDQUOT|EFBIG)$/.test(String(error.code))
  // Those who write pictures say it in words.
  const isSaid = /No space left on device|Disk quota exceeded/i.test(error.message)
  return isFull || isSaid ? new Unavailable(roomInSeconds, msg('http.no_room'), { cause: error }) : error
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
    throw explainRoom(error)
  }
}
