import { Invalid, msg } from '../errors.ts'
import type { Box } from './picture.ts'
import { loadSharp } from './sharp.ts'

/** A small picture of a larger one, as WebP. */
export interface Preview {
  readonly bytes: Buffer
  readonly width: number
  readonly height: number
}

const mostPixels = 40_000_000
const slowest = { seconds: 10 }

/**
 * Decodes a picture, of a moving one the first frame, turns it upright, makes it fit and writes it anew; no other picture
 * is written in just this way. Throws Invalid for what is no picture or too large.
 */
export async function makePreview(bytes: Buffer, box: Box): Promise<Preview> {
  const sharp = await loadSharp()
  try {
    const { data, info } = await sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error' })
      .autoOrient()
      .resize({ ...box, fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .webp({ quality: 79, effort: 4 })
      .timeout(slowest)
      .toBuffer({ resolveWithObject: true })
    return { bytes: data, width: info.width, height: info.height }
  } catch {
    throw new Invalid({ picture: msg('files.no_picture') })
  }
}
