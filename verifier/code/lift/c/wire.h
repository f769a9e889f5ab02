// The frames of docs/LIFTING.md, for C and C++: words of one line on
// descriptor 5. In the examiner ASSAY_EXAMINER is defined. Nothing here needs
// a header, so that a program sees only those that it includes itself.
#ifdef __cplusplus
#define ASSAY_EXTERN extern "C"
#else
#define ASSAY_EXTERN extern
#endif
#define ASSAY_INNER static __attribute__((unused))
#define ASSAY_WIRE 5
#define ASSAY_SAY 4
#define ASSAY_LINE_BYTES (16ul << 20)
#define ASSAY_WIDTH 1000000ul

ASSAY_EXTERN long assay_read(int, void*, unsigned long) __asm__("read");
ASSAY_EXTERN long assay_write(int, const void*, unsigned long) __asm__("write");
ASSAY_EXTERN void assay_exit(int) __asm__("_exit")
    __attribute__((__noreturn__));
ASSAY_EXTERN void* assay_signal(int, void*) __asm__("signal");
ASSAY_EXTERN void* assay_realloc(void*, unsigned long) __asm__("realloc");
ASSAY_EXTERN int assay_print(char*, unsigned long, const char*,
                             ...) __asm__("snprintf");
ASSAY_EXTERN double assay_strtod(const char*, char**) __asm__("strtod");
ASSAY_EXTERN float assay_strtof(const char*, char**) __asm__("strtof");
ASSAY_EXTERN long double assay_strtold(const char*, char**) __asm__("strtold");

// The line that is made, and the bytes that have come: of these [start, size)
// are not read yet, and the line ends at `end`.
static char* assay_out;
static unsigned long assay_out_size, assay_out_room;
static char* assay_in;
static unsigned long assay_in_size, assay_in_room, assay_in_start, assay_in_end;

ASSAY_INNER void assay_say(const char* text, unsigned long size) {
  while (size > 0) {
    long n = assay_write(ASSAY_SAY, text, size);
    if (n <= 0) assay_exit(1);
    text += n;
    size -= (unsigned long)n;
  }
}

// The other side is gone, or broke the grammar.
ASSAY_INNER void assay_lost(void) __attribute__((__noreturn__));
ASSAY_INNER void assay_lost(void) {
#ifdef ASSAY_EXAMINER
  assay_say("gone\n", 5);
  assay_exit(0);
#else
  assay_exit(70);
#endif
}

ASSAY_INNER char* assay_grow(char* text, unsigned long* room,
                             unsigned long size) {
  unsigned long wanted = *room ? *room : 4096;
  if (size <= *room) return text;
  if (size > ASSAY_LINE_BYTES + 4096) assay_lost();
  while (wanted < size) wanted *= 2;
  text = (char*)assay_realloc(text, wanted);
  if (!text) assay_lost();
  *room = wanted;
  return text;
}

ASSAY_INNER void assay_put(const char* text, unsigned long size) {
  assay_out = assay_grow(assay_out, &assay_out_room, assay_out_size + size);
  __builtin_memcpy(assay_out + assay_out_size, text, size);
  assay_out_size += size;
}

ASSAY_INNER void assay_put_word(const char* text) {
  if (assay_out_size) assay_put(" ", 1);
  assay_put(text, __builtin_strlen(text));
}

ASSAY_INNER void assay_flush(void) {
  unsigned long sent = 0;
  assay_put("\n", 1);
  while (sent < assay_out_size) {
    long n = assay_write(ASSAY_WIRE, assay_out + sent, assay_out_size - sent);
    if (n <= 0) assay_lost();
    sent += (unsigned long)n;
  }
  assay_out_size = 0;
}

// Waits for a whole line.
ASSAY_INNER void assay_take_line(void) {
  unsigned long at;
  if (assay_in_start > 0) {
    __builtin_memmove(assay_in, assay_in + assay_in_start,
                      assay_in_size - assay_in_start);
    assay_in_size -= assay_in_start;
    assay_in_start = 0;
  }
  for (at = 0;; ++at) {
    if (at == assay_in_size) {
      long n;
      assay_in = assay_grow(assay_in, &assay_in_room, assay_in_size + 4096);
      n = assay_read(ASSAY_WIRE, assay_in + assay_in_size,
                     assay_in_room - assay_in_size);
      if (n <= 0) assay_lost();
      assay_in_size += (unsigned long)n;
    }
    if (assay_in[at] == '\n') break;
  }
  assay_in_end = at;
}

// The next word, without its space; NULL: the line is at its end.
ASSAY_INNER const char* assay_word(unsigned long* size) {
  unsigned long begin = assay_in_start, at = begin;
  if (begin >= assay_in_end) return 0;
  while (at < assay_in_end && assay_in[at] != ' ') ++at;
  if (at == begin) assay_lost();
  *size = at - begin;
  assay_in_start = at < assay_in_end ? at + 1 : at;
  if (at < assay_in_end && at + 1 == assay_in_end) assay_lost();
  return assay_in + begin;
}

ASSAY_INNER void assay_end_line(void) {
  if (assay_in_start != assay_in_end) assay_lost();
  assay_in_start = assay_in_end + 1;
}

ASSAY_INNER const char* assay_typed(char type, unsigned long* size) {
  const char* word = assay_word(size);
  if (!word || word[0] != type) assay_lost();
  --*size;
  return word + 1;
}

// One letter that is a word by itself.
ASSAY_INNER int assay_is(char letter) {
  return assay_in_start < assay_in_end && assay_in[assay_in_start] == letter;
}
ASSAY_INNER void assay_take(char letter) {
  unsigned long size;
  assay_typed(letter, &size);
  if (size) assay_lost();
}

ASSAY_INNER void assay_put_bool(int value) {
  assay_put_word(value ? "t" : "f");
}
ASSAY_INNER int assay_take_bool(void) {
  int value = assay_is('t');
  assay_take(value ? 't' : 'f');
  return value;
}

ASSAY_INNER void assay_put_integer(int negative, unsigned long long size) {
  char text[32];
  assay_print(text, sizeof text, negative ? "i-%llu" : "i%llu", size);
  assay_put_word(text);
}
// The magnitude; at most `below` of those below zero, `above` of the others.
ASSAY_INNER unsigned long long assay_take_integer(int* negative,
                                                  unsigned long long below,
                                                  unsigned long long above) {
  unsigned long size, i = 0;
  unsigned long long value = 0;
  const char* word = assay_typed('i', &size);
  *negative = size > 0 && word[0] == '-';
  if (*negative) i = 1;
  if (i == size || size > 24) assay_lost();
  for (; i < size; ++i) {
    if (word[i] < '0' || word[i] > '9') assay_lost();
    if (__builtin_mul_overflow(value, 10ull, &value) ||
        __builtin_add_overflow(value, (unsigned long long)(word[i] - '0'),
                               &value)) {
      assay_lost();
    }
  }
  if (value > (*negative ? below : above)) assay_lost();
  return value;
}

ASSAY_INNER void assay_put_double(double value) {
  char text[64];
  assay_print(text, sizeof text, "d%.17g", value);
  assay_put_word(text);
}
ASSAY_INNER void assay_put_long_double(long double value) {
  char text[64];
  assay_print(text, sizeof text, "d%.21Lg", value);
  assay_put_word(text);
}
// The digits, ended by a NUL, in `text` of 64 bytes.
ASSAY_INNER void assay_take_digits(char* text) {
  unsigned long size;
  const char* word = assay_typed('d', &size);
  if (size == 0 || size > 63) assay_lost();
  __builtin_memcpy(text, word, size);
  text[size] = 0;
}
#define ASSAY_TAKE_REAL(name, type, parse)   \
  ASSAY_INNER type assay_take_##name(void) { \
    char text[64], *end;                     \
    type value;                              \
    assay_take_digits(text);                 \
    value = parse(text, &end);               \
    if (*end) assay_lost();                  \
    return value;                            \
  }
ASSAY_TAKE_REAL(float, float, assay_strtof)
ASSAY_TAKE_REAL(double, double, assay_strtod)
ASSAY_TAKE_REAL(long_double, long double, assay_strtold)

// Bytes, all but letters, digits, `_`, `-` and `.` as %XX, onto the word.
ASSAY_INNER void assay_put_escaped(const char* text, unsigned long size) {
  static const char digits[] = "0123456789ABCDEF";
  unsigned long i;
  for (i = 0; i < size; ++i) {
    unsigned char c = (unsigned char)text[i];
    if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
        (c >= 'A' && c <= 'Z') || c == '_' || c == '-' || c == '.') {
      assay_put(text + i, 1);
    } else {
      char code[3];
      code[0] = '%';
      code[1] = digits[c >> 4];
      code[2] = digits[c & 15];
      assay_put(code, 3);
    }
  }
}
ASSAY_INNER void assay_put_string(const char* text, unsigned long size) {
  assay_put_word("s");
  assay_put_escaped(text, size);
}

ASSAY_INNER int assay_hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  assay_lost();
}
// Where the word stands in the line, and how many bytes it is decoded: it is
// decoded in place, for it is never longer.
ASSAY_INNER char* assay_unescape(const char* word, unsigned long* size) {
  char* text = (char*)word;
  unsigned long from = 0, to = 0;
  while (from < *size) {
    if (word[from] != '%') {
      text[to++] = word[from++];
      continue;
    }
    if (*size - from < 3) assay_lost();
    text[to++] =
        (char)(assay_hex(word[from + 1]) * 16 + assay_hex(word[from + 2]));
    from += 3;
  }
  *size = to;
  return text;
}
ASSAY_INNER char* assay_take_string(unsigned long* size) {
  const char* word = assay_typed('s', size);
  return assay_unescape(word, size);
}

ASSAY_INNER void assay_put_count(char type, unsigned long count) {
  char text[32];
  if (count > ASSAY_WIDTH) assay_lost();
  assay_print(text, sizeof text, "%c%lu", type, count);
  assay_put_word(text);
}
ASSAY_INNER unsigned long assay_take_count(char type) {
  unsigned long size, i, count = 0;
  const char* word = assay_typed(type, &size);
  if (size == 0 || size > 7) assay_lost();
  for (i = 0; i < size; ++i) {
    if (word[i] < '0' || word[i] > '9') assay_lost();
    count = count * 10 + (unsigned long)(word[i] - '0');
  }
  // No value is shorter than a letter and its space.
  if (count > ASSAY_WIDTH || count > (assay_in_end - assay_in_start + 1) / 2) {
    assay_lost();
  }
  return count;
}

#ifdef ASSAY_EXAMINER
static unsigned long assay_calls;

ASSAY_INNER void assay_begin(void) {
  assay_signal(13 /* SIGPIPE */, (void*)1 /* SIG_IGN */);
  assay_take_line();
  unsigned long size;
  const char* word = assay_word(&size);
  if (!word || size != 5 || __builtin_memcmp(word, "ready", 5)) assay_lost();
  assay_end_line();
}
ASSAY_INNER void assay_start_call(unsigned number) {
  char text[32];
  if (assay_calls++ == 0) assay_begin();
  assay_print(text, sizeof text, "%u", number);
  assay_put_word("call");
  assay_put_word(text);
}
// Sends the call and takes the answer's first word; 1: `return`, 0: `raise`.
ASSAY_INNER int assay_answered(void) {
  unsigned long size;
  const char* word;
  assay_flush();
  assay_take_line();
  word = assay_word(&size);
  if (word && size == 6 && !__builtin_memcmp(word, "return", 6)) return 1;
  if (word && size == 5 && !__builtin_memcmp(word, "raise", 5)) return 0;
  assay_lost();
}
// Tests that end by themselves, from main or by exit, come here.
__attribute__((destructor)) static void assay_ended(void) {
  if (assay_calls) {
    assay_say("pass\n", 5);
  } else {
    assay_say("uncalled\n", 9);
  }
}
#else
// The number of the call that came.
ASSAY_INNER unsigned assay_take_call(unsigned count) {
  unsigned long size, i;
  unsigned number = 0;
  const char* word;
  assay_take_line();
  word = assay_word(&size);
  if (!word || size != 4 || __builtin_memcmp(word, "call", 4)) assay_lost();
  word = assay_word(&size);
  if (!word || size > 4) assay_lost();
  for (i = 0; i < size; ++i) number = number * 10 + (unsigned)(word[i] - '0');
  if (number >= count) assay_lost();
  return number;
}
#endif
