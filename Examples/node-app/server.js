// Says hello on $PORT, as most frameworks for Node do.
const http = require("http");

const port = Number(process.env.PORT || 3000);

http
  .createServer((request, response) => response.end(`notes on ${port}\n`))
  .listen(port, "127.0.0.1", () => console.log(`notes are at http://127.0.0.1:${port}/`));
