// A server on 127.0.0.1 that makes up bodies: /SIZE/SEED is so many bytes, of which the first name the seed. It prints
// its port, and ends with its parent.
import { createServer } from "node:http";
import { bodyChunks } from "./pins-body.mjs";

const server = createServer((request, response) => {
  const [, size, seed] = request.url.split("/");
  const chunks = bodyChunks(Number(size), seed);
  const more = () => {
    for (;;) {
      const { value, done } = chunks.next();
      if (done) return response.end();
      if (!response.write(value)) return response.once("drain", more);
    }
  };
  response.on("error", () => undefined).writeHead(200, { "content-length": size });
  more();
});
server.listen(0, "127.0.0.1", () => process.send({ port: server.address().port }));
process.on("disconnect", () => process.exit());
