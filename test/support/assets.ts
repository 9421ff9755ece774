import { buildAssets } from '../../src/build.mjs'

/** test/run.mjs sets it when it has built the styles and scripts, so that no file does so once more. */
export const builtVariable = 'STOA_TEST_BUILT'

let building: Promise<unknown> | undefined

/** The styles and scripts are built as their sources are: by the run, or once for a file that is run by itself. */
export async function haveAssets(): Promise<void> {
  if (process.env[builtVariable] === undefined) building ??= buildAssets()
  await building
}
