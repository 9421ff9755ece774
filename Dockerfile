FROM node:24-slim
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The image has its Node already.
RUN npm ci --omit=dev && rm -rf node_modules/node-linux-*
COPY src src
COPY views views
COPY migrations migrations
COPY public public
RUN node src/build.mjs && mkdir /data && chown -R node:node /data node_modules/.cache
USER node
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
VOLUME /data
EXPOSE 3000
HEALTHCHECK CMD ["node", "-e", "fetch('http://127.0.0.1:'+process.env.PORT+'/healthz').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"]
CMD ["sh", "src/node.sh", "src/start.mjs"]
