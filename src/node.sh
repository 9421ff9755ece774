# Becomes the Node.js that npm ci brought along, or else the machine's: sh src/node.sh src/start.mjs
# npm 10 does not link ours into node_modules/.bin, because the one for another kind of machine has the same name.
for node in "${0%/*}"/../node_modules/node-linux-*/bin/node; do
  if "$node" --version > /dev/null 2>&1; then exec "$node" "$@"; fi
done
exec node "$@"
