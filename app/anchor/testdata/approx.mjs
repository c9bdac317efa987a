// Times approx-string-match on the searches of TestBesideApprox:
//   node approx.mjs PACKAGE INPUTS
// and prints, for each, the median nanoseconds of a search and what it found.
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, inputs] = process.argv.slice(2);
const { default: search } = await import(pathToFileURL(resolve(join(folder, "build/src/index.js"))));
const rounds = 9;

const results = JSON.parse(readFileSync(inputs, "utf8")).map(({ text, quote }) => {
  // The error budget of the Hypothesis client.
  const most = Math.min(256, Math.floor(quote.length / 2)), times = [];
  let found;
  for (let i = 0; i < rounds; i++) {
    const start = process.hrtime.bigint();
    found = search(text, quote, most);
    times.push(Number(process.hrtime.bigint() - start));
  }
  const best = found.sort((a, b) => a.errors - b.errors)[0];
  return { ns: times.sort((a, b) => a - b)[rounds >> 1], start: best?.start ?? -1, end: best?.end ?? -1 };
});
console.log(JSON.stringify(results));
