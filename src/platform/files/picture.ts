import type { Sharp } from 'sharp'
import { Invalid, msg } from '../errors.ts'
import type { FileKind } from './kept-files.ts'
import { type Plate, plateFor } from './plate.ts'
import type { UploadedFile } from './read-upload.ts'
import { loadSharp } from './sharp.ts'

export type { Plate } from './plate.ts'

/** A picture as we made it anew from what was uploaded. */
export interface Picture {
  readonly bytes: Buffer
  readonly kind: FileKind
  readonly width: number
  readonly height: number
  readonly plate: Plate
}

/** Into so many pixels it must fit; smaller ones are not blown up. */
export interface Box {
  readonly width: number
  readonly height: number
}

/** A phone's largest photograph has fewer; decoded, each takes four bytes. */
const mostPixels = 64_000_000

const slowest = { seconds: 20 }

/** What we can decode, by the names that sharp has for it, and how we keep it. Of an animation only the first picture. */
const kept: Readonly<Record<string, (picture: Sharp) => Sharp>> = {
  png: picture => picture.png({ compressionLevel: 9 }),
  gif: picture => picture.png({ compressionLevel: 9 }),
  jpeg: picture => picture.jpeg({ quality: 88, mozjpeg: true }),
  webp: picture => picture.webp({ quality: 92, smartSubsample: true }),
  heif: picture => picture.webp({ quality: 92, smartSubsample: true }),
}

const kinds: Readonly<Record<string, FileKind>> = { png: 'png', jpeg: 'jpg', webp: 'webp' }

/**
 * Decodes a picture, turns it upright, makes it fit and writes it anew: its bytes are ours, and nothing is left of what
 * it told about place, time and camera. Only what decodes as PNG, JPEG, WebP, AVIF or GIF is one, whatever it is
 * called. Throws Invalid, for the field it came in.
 */
export async function readPicture({ field, bytes }: UploadedFile, box: Box): Promise<Picture> {
  const sharp = await loadSharp()
  try {
    const input = sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error' })
    const keep = kept[(await input.metadata()).format]
    if (!keep) throw new Error('This can be decoded, but nobody uploads it')
    const fitted = input
      .autoOrient()
      .resize({ ...box, fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
    const { data, info } = await keep(fitted).timeout(slowest).toBuffer({ resolveWithObject: true })
    const raw = await sharp(data).ensureAlpha().raw().toBuffer()
    const kind = kinds[info.format] ?? 'png'
    return { bytes: data, kind, width: info.width, height: info.height, plate: plateFor(raw) }
  } catch (error) {
    const isHuge = error instanceof Error && /pixel limit|timeout/.test(error.message)
    throw new Invalid({ [field]: msg(isHuge ? 'files.too_many_pixels' : 'files.no_picture') })
  }
}
