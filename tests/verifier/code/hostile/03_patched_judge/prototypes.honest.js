// honest: ISOLATED
// A method of its own on a builtin, with a name of its own.
Object.defineProperty(Array.prototype, 'doubled', {
  value() {
    return this.concat(this);
  },
});
Number.prototype.doubled = function() {
  return this * 2;
};
function twice(x) {
  return x.doubled();
}
