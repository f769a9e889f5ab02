// Values of C as words. After wire.h.
ASSAY_INNER void assay_put_signed(long long value) {
  assay_put_integer(value < 0, value < 0 ? 0 - (unsigned long long)value
                                         : (unsigned long long)value);
}
ASSAY_INNER long long assay_take_signed(unsigned long bytes) {
  const unsigned long long most = (1ull << (bytes * 8 - 1)) - 1;
  int negative;
  unsigned long long size = assay_take_integer(&negative, most + 1, most);
  return (long long)(negative ? 0 - size : size);
}
ASSAY_INNER void assay_put_unsigned(unsigned long long value) {
  assay_put_integer(0, value);
}
ASSAY_INNER unsigned long long assay_take_unsigned(unsigned long bytes) {
  int negative;
  return assay_take_integer(&negative, 0, ~0ull >> (64 - bytes * 8));
}
ASSAY_INNER void assay_put_char(char value) { assay_put_string(&value, 1); }
ASSAY_INNER char assay_take_char(void) {
  unsigned long size;
  const char* text = assay_take_string(&size);
  if (size != 1) assay_lost();
  return text[0];
}

ASSAY_INNER void assay_put_text(const char* text) {
  if (text) {
    assay_put_string(text, __builtin_strlen(text));
  } else {
    assay_put_word("n");
  }
}
// A copy of one's own; NULL stays NULL.
ASSAY_INNER char* assay_take_text(void) {
  unsigned long size;
  const char* text;
  char* kept;
  if (assay_is('n')) {
    assay_take('n');
    return 0;
  }
  text = assay_take_string(&size);
  kept = (char*)assay_realloc(0, size + 1);
  if (!kept) assay_lost();
  __builtin_memcpy(kept, text, size);
  kept[size] = 0;
  return kept;
}

#ifdef ASSAY_EXAMINER
// What the candidate left in a text of the tests; it has room for no more
// than was there.
ASSAY_INNER void assay_refill(char* text) {
  unsigned long size;
  const char* by;
  if (!text) return assay_take('n');
  by = assay_take_string(&size);
  if (size > __builtin_strlen(text)) assay_lost();
  if (__builtin_strlen(text) == size && !__builtin_memcmp(text, by, size)) {
    return;
  }
  __builtin_memcpy(text, by, size);
  text[size] = 0;
}
#else
ASSAY_INNER int assay_serve(void (*const* calls)(void), unsigned count) {
  assay_put_word("ready");
  assay_flush();
  for (;;) {
    calls[assay_take_call(count)]();
    assay_flush();
  }
}
#endif
