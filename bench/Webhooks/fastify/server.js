// What the webhook receiver is measured against, written as the three projects' documentation shows it: the signature over the raw body,
// the job in Redis under the webhook's id, and only then the 200.
import cluster from 'node:cluster';
import { Queue } from 'bullmq';
import Fastify from 'fastify';
import { Webhook } from 'standardwebhooks';

const { PORT, REDIS_PORT, SECRET, WORKERS } = process.env;

async function serve() {
  const webhook = new Webhook(SECRET);
  const queue = new Queue('webhooks', { connection: { host: '127.0.0.1', port: Number(REDIS_PORT) } });
  const app = Fastify();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  app.post('/webhooks/:connection', async (request, reply) => {
    let event;
    try {
      event = webhook.verify(request.body, request.headers);
    } catch {
      return reply.code(401).send();
    }

    await queue.add('webhook', event, { jobId: request.headers['webhook-id'] });
    return reply.code(200).send();
  });
  await queue.waitUntilReady();
  await app.listen({ host: '127.0.0.1', port: Number(PORT) });
}

if (Number(WORKERS) > 1 && cluster.isPrimary) {
  let listening = 0;
  cluster.on('listening', () => {
    if (++listening === Number(WORKERS)) {
      console.log('listening', Object.values(cluster.workers).map((worker) => worker.process.pid).join(' '));
    }
  });
  for (let i = 0; i < Number(WORKERS); i++) {
    cluster.fork();
  }
} else {
  await serve();
  if (!cluster.isWorker) {
    console.log('listening');
  }
}
