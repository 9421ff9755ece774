export { bringBackSignature, removeSignature } from './remove-signature.ts'
export { signaturesRouter } from './routes.ts'
