import { rm, stat } from 'node:fs/promises'
import type { Sharp } from 'sharp'
import { Invalid, msg, Unavailable } from '../errors.ts'
import { explainRoom, type Files } from './kept-files.ts'
import { loadSharp } from './sharp.ts'

/** A picture made anew, in three sizes; each lies in the scratch room until it is kept. */
export interface MadeImage {
  readonly type: string
  readonly bytes: number
  readonly width: number
  readonly height: number
  /** What a click shows. */
  readonly full: string
  /** What stands in a text: WebP. */
  readonly display: string
  /** What stands in lists: WebP. */
  readonly thumb: string
  forget(): Promise<void>
}

/** Into squares of so many pixels they must fit; smaller ones are not blown up. */
const sizes = { full: 3840, display: 1600, thumb: 320 }

/**
 * Decoded, each pixel takes four bytes. Most pictures pass through in stripes; those that come in several passes, and
 * moving ones, lie in memory as a whole.
 */
const mostPixels = { striped: 80_000_000, whole: 25_000_000 }

/** An endless animation is none. */
const mostFrames = 500
const slowest = { seconds: 30 }
/** So many wait for their turn, each with somebody who looks at a progress bar. */
const mostWaiting = 30

type Written = { readonly path: string; readonly width: number; readonly height: number }

/** What we can decode, by the names that sharp has for it, and how we keep it. */
const kept: Readonly<Record<string, { readonly type: string; write(picture: Sharp): Sharp }>> = {
  png: { type: 'image/png', write: picture => picture.png({ compressionLevel: 8 }) },
  jpeg: { type: 'image/jpeg', write: picture => picture.jpeg({ quality: 88, progressive: true }) },
  gif: { type: 'image/gif', write: picture => picture.gif({ effort: 3 }) },
  webp: { type: 'image/webp', write: picture => picture.webp({ quality: 88, effort: 3 }) },
  heif: { type: 'image/webp', write: picture => picture.webp({ quality: 88, effort: 3 }) },
}

let queue: Promise<unknown> = Promise.resolve()
let waiting = 0

/**
 * Decodes a picture from the disk, turns it upright and writes it anew: its bytes are ours, and nothing is left of what
 * it told about place, time and camera. What moves goes on moving. One at a time in this process. `name` is what the
 * sender calls it. Throws Invalid for what is no picture or too large, and Unavailable when too many wait.
 */
export async function makeImage(files: Files, path: string, name: string): Promise<MadeImage> {
  if (waiting >= mostWaiting) throw new Unavailable(60, msg('files.busy'))
  waiting++
  const turn = queue.then(() => make(files, path, name)).finally(() => waiting--)
  queue = turn.catch(() => {})
  return turn
}

async function make(files: Files, path: string, name: string): Promise<MadeImage> {
  const paths = { full: await files.scratch(), display: await files.scratch(), thumb: await files.scratch() }
  const forget = async () => {
    for (const made of Object.values(paths)) await rm(made, { force: true })
  }
  try {
    const { how, options } = await look(path)
    const full = await write(path, paths.full, sizes.full, options, how.write)
    // The smaller ones are made of what is ours by now, each of the next larger one.
    const small = { ...options, limitInputPixels: mostPixels.striped }
    const asWebp = (quality: number) => (picture: Sharp) => picture.webp({ quality, effort: 3, smartSubsample: true })
    await write(full.path, paths.display, sizes.display, small, asWebp(82))
    await write(paths.display, paths.thumb, sizes.thumb, small, asWebp(76))
    const { size } = await stat(full.path)
    return { type: how.type, bytes: size, width: full.width, height: full.height, ...paths, forget }
  } catch (error) {
    await forget()
    throw explain(error, name)
  }
}

type Options = {
  readonly animated: boolean
  readonly limitInputPixels: number
  readonly sequentialRead: true
  readonly failOn: 'error'
}

async function look(path: string) {
  const sharp = await loadSharp()
  const options = (animated: boolean, limitInputPixels: number): Options => ({
    animated,
    limitInputPixels,
    sequentialRead: true,
    failOn: 'error',
  })
  const found = await sharp(path, options(false, mostPixels.striped)).metadata()
  const how = kept[found.format]
  if (!how) throw new Error('This can be decoded, but nobody uploads it')
  const frames = found.pages ?? 1
  const isMoving = frames > 1 && (found.format === 'gif' || found.format === 'webp')
  const isWhole = isMoving || found.isProgressive || found.format === 'heif' || found.format === 'webp'
  const most = isWhole ? mostPixels.whole : mostPixels.striped
  const pixels = found.width * found.height * (isMoving ? frames : 1)
  if (pixels > most || (isMoving && frames > mostFrames)) throw new Error('Input image exceeds pixel limit')
  return { how, options: options(isMoving, most) }
}

/** Made small before it is turned, which is the part that takes memory. */
async function write(
  from: string,
  to: string,
  box: number,
  options: Options,
  how: (picture: Sharp) => Sharp,
): Promise<Written> {
  const sharp = await loadSharp()
  const picture = sharp(from, options)
    .autoOrient()
    .resize({ width: box, height: box, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
  const info = await how(picture).timeout(slowest).toFile(to)
  return { path: to, width: info.width, height: info.pageHeight ?? info.height }
}

function explain(problem: unknown, name: string): unknown {
  const error = explainRoom(problem)
  if (!(error instanceof Error) || error instanceof Invalid || error instanceof Unavailable) return error
  if ('code' in error && typeof error.code === 'string') return error
  const isHuge = /pixel limit|timeout/.test(error.message)
  return new Invalid({ file: msg(isHuge ? 'files.huge_picture' : 'files.broken_picture', { name }) })
}
