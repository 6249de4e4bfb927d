// Solves a program in LP format with HiGHS (npm "highs"), 60 seconds at most.
// usage: node highs.cjs FILE
const { readFileSync } = require("fs");

require("highs")().then((highs) => {
  const r = highs.solve(readFileSync(process.argv[2], "utf8"), { time_limit: 60, mip_rel_gap: 0, mip_abs_gap: 0 });
  console.log(r.Status, r.ObjectiveValue);
});
