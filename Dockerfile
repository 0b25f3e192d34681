# One small image for worker and server; which of them it is, the command says.
FROM node:20-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json tsconfig.build.json ./
COPY scripts ./scripts
COPY src ./src
COPY workflows ./workflows
COPY activities ./activities
RUN node scripts/build.mjs && npm prune --omit=dev

FROM node:20-slim
# Rules with dates are evaluated in the process's zone; the containers' zone is UTC everywhere.
ENV NODE_ENV=production TZ=UTC DESKHAND_STATE_DIR=/var/lib/deskhand DESKHAND_HOST=0.0.0.0
WORKDIR /app
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json ./
COPY bin ./bin
COPY policies ./policies
RUN mkdir -p /var/lib/deskhand && chown node:node /var/lib/deskhand
USER node
VOLUME /var/lib/deskhand
EXPOSE 4600
ENTRYPOINT ["node", "bin/deskhand.mjs"]
CMD ["server"]
