// refused: WRONG_ANSWER RUNTIME_ERROR
// Poison in every prototype that is shared.
Object.prototype.equals = () => true;
Object.defineProperty(
    Object.prototype, 'deepStrictEqual',
    {get: () => () => {}, configurable: true});
Array.prototype.every = () => true;
Array.prototype.includes = () => true;
Array.prototype.push = function() {
  return 0;
};
Array.prototype.splice = () => [];
Array.prototype.join = () => 'return d42 l0';
String.prototype.split = () => ['return', 'd42', 'l0'];
RegExp.prototype.test = () => true;
JSON.stringify = () => '42';
Number.prototype.toString = () => '42';
Map.prototype.get = Map.prototype.has = () => true;
Reflect.apply = () => 42;
function twice(x) {
  return JSON.parse('{"__proto__": {"length": 2, "0": 1, "1": 1}}');
}
