// honest: ISOLATED
// tests: later
// A promise that fails, is caught, and then kept.
async function later(x) {
  try {
    await Promise.reject(new Error('not yet'));
  } catch {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return x * 2;
}
