/**
 * What is used of `node:http`, which nothing may import. An import reads every name that a module gives away, WebSocket
 * among them, and Node.js loads what it has for WebSocket and fetch as soon as that one is read: 10 MB.
 */
export const { createServer, IncomingMessage, ServerResponse, STATUS_CODES } = process.getBuiltinModule('node:http')
