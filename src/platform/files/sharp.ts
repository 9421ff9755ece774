type SharpModule = typeof import('sharp').default

/** What of all that sharp can decode is open: from memory for logos, from the disk for what is uploaded. */
const readable = ['Png', 'Jpeg', 'Webp', 'Heif', 'Nsgif'].flatMap(format => [
  `VipsForeignLoad${format}Buffer`,
  `VipsForeignLoad${format}File`,
])

let loading: Promise<SharpModule> | undefined

/** When the first picture comes: starting must not wait for it. One thread for each picture, and nothing is remembered. */
export function loadSharp(): Promise<SharpModule> {
  loading ??= import('sharp').then(({ default: sharp }) => {
    sharp.cache(false)
    sharp.concurrency(1)
    sharp.block({ operation: ['VipsForeignLoad'] })
    sharp.unblock({ operation: readable })
    return sharp
  })
  return loading
}
