# Becomes the Node.js that npm ci brought along, or else the machine's: sh src/node.sh src/start.mjs
# npm 10 does not link ours into node_modules/.bin, because the one for another kind of machine has the same name.

# What has to be said before it starts, for it to take little memory: a small nursery for what lives briefly (Node.js lets
# it grow to 100 MB), and the limits that malloc of glibc begins with, in bytes. By itself it raises them to megabytes, and
# what is freed then lies between what is in use instead of going back to the system. Lower than its own 131072 a page
# costs a little more and 30 MB less stay. Whatever is set already holds. V8 has four threads beside ours unless told; 0 is
# one for each processor but ours: more would only take it from whoever answers.
export NODE_OPTIONS="--max-semi-space-size=8 --v8-pool-size=0 ${NODE_OPTIONS-}"
export MALLOC_MMAP_THRESHOLD_="${MALLOC_MMAP_THRESHOLD_-32768}" MALLOC_TRIM_THRESHOLD_="${MALLOC_TRIM_THRESHOLD_-32768}"

for node in "${0%/*}"/../node_modules/node-linux-*/bin/node; do
  if "$node" --version > /dev/null 2>&1; then exec "$node" "$@"; fi
done
exec node "$@"
