// Makes the calls that standard input lists as JSON and writes their results as JSON: a signature, or whether one holds.
const { Webhook, WebhookVerificationError } = require("standardwebhooks");

function make(call) {
  const webhook = new Webhook(call.secret);
  if (!call.headers) {
    return webhook.sign(call.id, new Date(call.timestamp * 1000), call.body);
  }

  Date.now = () => call.now * 1000;
  try {
    webhook.verify(call.body, call.headers, { jsonParse: false });
    return "valid";
  } catch (error) {
    if (error instanceof WebhookVerificationError) {
      return "rejected";
    }

    throw error;
  }
}

let input = "";
process.stdin.setEncoding("utf8");
process.stdin.on("data", (chunk) => (input += chunk));
process.stdin.on("end", () => process.stdout.write(JSON.stringify(JSON.parse(input).map(make))));
