# syntax=docker/dockerfile:1

# Builds dist/ with everything; nothing but dist/ leaves this stage.
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY tsconfig.base.json tsconfig.build.json ./
COPY scripts ./scripts
COPY src ./src
COPY types ./types
COPY models ./models
RUN npm run -s build

# What the service needs at run time; the image brings its own Node, so the optional ones stay out.
FROM node:24.21.0-bookworm-slim AS packages
WORKDIR /packages
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production \
  LINESIEVE_HOST=0.0.0.0 \
  LINESIEVE_PORT=8787 \
  LINESIEVE_DATA=/data
WORKDIR /app
COPY --from=packages /packages/node_modules ./node_modules
COPY --from=build /build/dist ./dist
COPY package.json LICENSE ./
COPY models ./models
# What a store is made by, and what a build of a model is judged by.
COPY src/store/migrations ./src/store/migrations
COPY training-data ./training-data
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 8787
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.LINESIEVE_PORT}/readyz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "dist/node/bin.js"]
CMD ["serve"]
