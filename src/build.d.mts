/** Bundles styles, scripts and icons into `out` (public/build when left out). Gives the manifest: logical name -> file name. */
export function buildAssets(out?: string): Promise<Record<string, string>>
