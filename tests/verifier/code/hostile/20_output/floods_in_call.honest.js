// honest: ISOLATED
// Half a million letters on the way.
function twice(x) {
  console.log('x'.repeat(160000));
  return Array.isArray(x) ? x.concat(x) : x * 2;
}
