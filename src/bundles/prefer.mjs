import { registerHooks } from 'node:module'
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads'
import { ownModulesIn } from './own-modules.mjs'
import { wholePackages } from './packages.mjs'

/** Under this name a thread finds the folder that whoever started it was given. */
const name = 'own modules'

/**
 * Whoever imports one of the packages from now on, in this thread or one that it starts, gets the one file that was made
 * of it, and of our own modules what `own`, the folder of `bundleOwnModules`, has. Others are where they are said to be:
 * for each of a thousand Node.js would look for links and for what package it is in.
 * @param {string} [own]
 */
export function preferWholeFiles(own = getEnvironmentData(name)) {
  setEnvironmentData(name, own)
  const packages = wholePackages()
  const ours = own ? ownModulesIn(own) : new Map()
  registerHooks({
    resolve(specifier, context, next) {
      const url = packages.get(specifier)
      if (url) return { url, format: 'module', shortCircuit: true }
      if (!/^(\.|file:).*\.ts$/.test(specifier)) return next(specifier, context)
      const { href } = new URL(specifier, context.parentURL)
      const whole = ours.get(href)
      if (whole) return { url: whole, format: 'module', shortCircuit: true }
      return { url: href, format: 'module-typescript', shortCircuit: true }
    },
  })
}
