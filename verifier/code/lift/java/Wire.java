package assay;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * Values and frames between an examiner and a candidate; docs/LIFTING.md gives
 * their grammar. A value of a final type (a primitive, its box, String,
 * BigInteger, BigDecimal, an array) is written as such; one of any other type
 * is `n`, or a pair of its kind and the value, so that an Object and the kind
 * of a collection cross too. A string that is not interned is in an `o`.
 */
final class Wire {
  static final int MAX_LINE = 16 << 20;
  static final int MAX_DEPTH = 200;
  static final int MAX_COUNT = 1000000;

  static final class Malformed extends RuntimeException {
    Malformed(String why) {
      super(why);
    }
  }

  static FileDescriptor descriptor(int number) throws ReflectiveOperationException {
    Constructor<FileDescriptor> made = FileDescriptor.class.getDeclaredConstructor(int.class);
    made.setAccessible(true);
    return made.newInstance(number);
  }

  /** Runs the main method of the class that Build found. */
  static void runMain() throws Throwable {
    ClassLoader loader = Wire.class.getClassLoader();
    loader.setDefaultAssertionStatus(true);
    Method main =
        Class.forName(resource("main").trim(), true, loader).getDeclaredMethod("main", String[].class);
    main.setAccessible(true);
    try {
      main.invoke(null, (Object) new String[0]);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  static String resource(String name) throws IOException {
    try (InputStream in = Wire.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  // ---- lines

  private final FileInputStream in;
  private final FileOutputStream out;
  private byte[] buffer = new byte[1 << 13];
  private int begin;
  private int end;

  Wire() throws ReflectiveOperationException {
    FileDescriptor channel = descriptor(5);
    in = new FileInputStream(channel);
    out = new FileOutputStream(channel);
  }

  /** Null at the end, or where a line is too long. */
  String next() throws IOException {
    int searched = begin;
    for (; ; ) {
      for (; searched < end; searched++) {
        if (buffer[searched] != '\n') continue;
        String line = new String(buffer, begin, searched - begin, StandardCharsets.ISO_8859_1);
        begin = searched + 1;
        return line;
      }
      if (end - begin > MAX_LINE) return null;
      if (begin > 0) {
        System.arraycopy(buffer, begin, buffer, 0, end - begin);
        end -= begin;
        searched -= begin;
        begin = 0;
      }
      if (end == buffer.length) buffer = Arrays.copyOf(buffer, 2 * buffer.length);
      int size = in.read(buffer, end, buffer.length - end);
      if (size <= 0) return null;
      end += size;
    }
  }

  void send(CharSequence line) throws IOException {
    out.write((line + "\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  // ---- words

  static final class Words {
    private final String text;
    private int at;

    Words(String text) {
      this.text = text;
    }

    boolean more() {
      return at < text.length();
    }

    int left() {
      return text.length() - at;
    }

    String next() {
      if (!more()) throw new Malformed("ended early");
      int end = text.indexOf(' ', at);
      if (end < 0) end = text.length();
      String word = text.substring(at, end);
      at = Math.min(end + 1, text.length());
      if (word.isEmpty()) throw new Malformed("an empty word");
      return word;
    }

    boolean skip(String word) {
      boolean here = text.startsWith(word, at)
          && (at + word.length() == text.length() || text.charAt(at + word.length()) == ' ');
      if (here) next();
      return here;
    }
  }

  /** UTF-8, with lone surrogates as three bytes. */
  static void addText(StringBuilder out, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
          || c == '_' || c == '-' || c == '.') {
        out.append(c);
        continue;
      }
      int point = text.codePointAt(i);
      if (point > 0xffff) {
        i++;
        addByte(out, 0xf0 | point >> 18);
        addByte(out, 0x80 | point >> 12 & 63);
      } else if (point > 0x7ff) {
        addByte(out, 0xe0 | point >> 12);
      }
      if (point > 0x7ff) addByte(out, 0x80 | point >> 6 & 63);
      else if (point > 0x7f) addByte(out, 0xc0 | point >> 6);
      addByte(out, point > 0x7f ? 0x80 | point & 63 : point);
    }
    if (out.length() > MAX_LINE) throw new Malformed("too large");
  }

  private static void addByte(StringBuilder out, int code) {
    out.append('%').append("0123456789ABCDEF".charAt(code >> 4));
    out.append("0123456789ABCDEF".charAt(code & 15));
  }

  static String textOf(String word) {
    StringBuilder out = new StringBuilder(word.length());
    int[] at = {0};
    while (at[0] < word.length()) {
      int first = byteAt(word, at);
      int more = first < 0x80 ? 0 : first < 0xc0 ? -1 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
      if (more < 0 || first > 0xf4) throw new Malformed("text");
      int point = more == 0 ? first : first & 0x3f >> more;
      for (int i = 0; i < more; i++) {
        if (at[0] >= word.length()) throw new Malformed("text");
        int next = byteAt(word, at);
        if ((next & 0xc0) != 0x80) throw new Malformed("text");
        point = point << 6 | next & 63;
      }
      if (point > 0x10ffff) throw new Malformed("text");
      out.appendCodePoint(point);
    }
    return out.toString();
  }

  private static int byteAt(String word, int[] at) {
    char c = word.charAt(at[0]++);
    if (c != '%') {
      if (c > 0x7e) throw new Malformed("text");
      return c;
    }
    if (at[0] + 2 > word.length()) throw new Malformed("text");
    int high = Character.digit(word.charAt(at[0]++), 16);
    int low = Character.digit(word.charAt(at[0]++), 16);
    if (high < 0 || low < 0) throw new Malformed("text");
    return high << 4 | low;
  }

  // ---- types

  static Class<?> raw(Type type) {
    if (type instanceof Class) return (Class<?>) type;
    if (type instanceof ParameterizedType) return raw(((ParameterizedType) type).getRawType());
    if (type instanceof GenericArrayType) {
      Type part = ((GenericArrayType) type).getGenericComponentType();
      return Array.newInstance(raw(part), 0).getClass();
    }
    if (type instanceof WildcardType) return raw(((WildcardType) type).getUpperBounds()[0]);
    if (type instanceof TypeVariable) return raw(((TypeVariable<?>) type).getBounds()[0]);
    return Object.class;
  }

  /** The type argument at this place, or Object. */
  static Type argument(Type type, int place) {
    if (!(type instanceof ParameterizedType)) return Object.class;
    Type[] arguments = ((ParameterizedType) type).getActualTypeArguments();
    return place < arguments.length ? arguments[place] : Object.class;
  }

  static Type component(Type type) {
    if (type instanceof GenericArrayType) return ((GenericArrayType) type).getGenericComponentType();
    return raw(type).getComponentType();
  }

  /** Whether a callee can change what the caller sees. */
  static boolean refers(Type type) {
    Class<?> c = raw(type);
    return c.isArray() || Collection.class.isAssignableFrom(c) || Map.class.isAssignableFrom(c)
        || c == Object.class || c == Iterable.class || c == Comparable.class;
  }

  /** A box of a primitive type; others as they are. */
  static Class<?> boxed(Class<?> c) {
    return c.isPrimitive() && c != void.class
        ? Array.get(Array.newInstance(c, 1), 0).getClass()
        : c;
  }

  static boolean isScalar(Class<?> c) {
    return c == Integer.class || c == Long.class || c == Boolean.class || c == Double.class
        || c == String.class || c == Character.class || c == Float.class || c == Short.class
        || c == Byte.class || c == BigInteger.class || c == BigDecimal.class;
  }

  // ---- values

  static void add(StringBuilder out, Object value, Type type, int depth) {
    if (depth > MAX_DEPTH) throw new Malformed("too deep");
    if (out.length() > MAX_LINE) throw new Malformed("too large");
    out.append(' ');
    Class<?> c = boxed(raw(type));
    if (c == void.class) {
      out.append('u');
    } else if (value == null) {
      out.append('n');
    } else if (isScalar(c)) {
      if (value.getClass() != c) throw new Malformed("another type than declared");
      addScalar(out, value);
    } else if (c.isArray()) {
      addArray(out, value, component(type), depth);
    } else if (isScalar(value.getClass())) {
      out.append("p2 s").append(value.getClass().getSimpleName()).append(' ');
      addScalar(out, value);
    } else if (value.getClass().isArray()) {
      out.append("p2 s");
      addText(out, Kinds.arrayName(value.getClass()));
      out.append(' ');
      addArray(out, value, value.getClass().getComponentType(), depth);
    } else {
      Kinds.add(out, value, type, depth);
    }
  }

  private static void addScalar(StringBuilder out, Object value) {
    if (value instanceof String) {
      String text = (String) value;
      // A copy takes the place in the pool, unless the text itself is there.
      if (new String(text).intern() != text) out.append("o ");
      addText(out.append('s'), text);
    } else if (value instanceof Character || value instanceof BigDecimal) {
      addText(out.append('s'), value.toString());
    } else if (value instanceof Boolean) {
      out.append((Boolean) value ? 't' : 'f');
    } else if (value instanceof Double || value instanceof Float) {
      double x = ((Number) value).doubleValue();
      out.append('d');
      if (Double.isNaN(x)) out.append("nan");
      else if (Double.isInfinite(x)) out.append(x > 0 ? "inf" : "-inf");
      else out.append(value);
    } else {
      out.append('i').append(value);
    }
  }

  private static void addArray(StringBuilder out, Object array, Type part, int depth) {
    int count = Array.getLength(array);
    if (count > MAX_COUNT) throw new Malformed("too wide");
    out.append('l').append(count);
    for (int i = 0; i < count; i++) add(out, Array.get(array, i), part, depth + 1);
  }

  static Object read(Words words, Type type, int depth) {
    if (depth > MAX_DEPTH) throw new Malformed("too deep");
    Class<?> c = boxed(raw(type));
    String word = words.next();
    if (c == void.class) {
      if (!word.equals("u")) throw new Malformed("not nothing");
      return null;
    }
    if (word.equals("n")) {
      if (raw(type).isPrimitive()) throw new Malformed("null");
      return null;
    }
    if (isScalar(c)) return readScalar(words, word, c);
    if (c.isArray()) return readArray(words, word, component(type), depth);
    if (!word.equals("p2")) throw new Malformed("not a value with its kind");
    String kind = words.next();
    if (kind.charAt(0) != 's') throw new Malformed("kind");
    Object value = Kinds.read(words, textOf(kind.substring(1)), type, depth);
    if (!c.isInstance(value)) throw new Malformed("another type than declared");
    return value;
  }

  static Object readScalar(Words words, String word, Class<?> c) {
    boolean own = c == String.class && word.equals("o");
    if (own) word = words.next();
    char kind = word.charAt(0);
    String rest = word.substring(1);
    try {
      if (kind == 's' && c == String.class) {
        return own ? textOf(rest) : textOf(rest).intern();
      }
      if (kind == 's' && c == Character.class && textOf(rest).length() == 1) {
        return textOf(rest).charAt(0);
      }
      if (kind == 's' && c == BigDecimal.class) return new BigDecimal(textOf(rest));
      if (c == Boolean.class && (word.equals("t") || word.equals("f"))) return kind == 't';
      if (kind == 'd' && c == Double.class) return number(rest);
      if (kind == 'd' && c == Float.class) {
        double x = number(rest);
        return Double.isFinite(x) ? Float.parseFloat(rest) : (float) x;
      }
      if (kind != 'i' || rest.length() > 100000) throw new Malformed("scalar");
      if (c == Integer.class) return Integer.parseInt(rest);
      if (c == Long.class) return Long.parseLong(rest);
      if (c == Short.class) return Short.parseShort(rest);
      if (c == Byte.class) return Byte.parseByte(rest);
      if (c == BigInteger.class) return new BigInteger(rest);
    } catch (NumberFormatException e) {
      throw new Malformed("number");
    }
    throw new Malformed("another type than declared");
  }

  private static double number(String text) {
    if (text.equals("nan")) return Double.NaN;
    if (text.equals("inf")) return Double.POSITIVE_INFINITY;
    if (text.equals("-inf")) return Double.NEGATIVE_INFINITY;
    if (text.length() > 64) throw new Malformed("number");
    return Double.parseDouble(text);
  }

  static int count(Words words, String word, char wanted) {
    try {
      int count = Integer.parseInt(word.substring(1));
      // Each element has a word of its own.
      if (word.charAt(0) == wanted && count >= 0 && count <= MAX_COUNT
          && count <= words.left()) {
        return count;
      }
    } catch (NumberFormatException e) {
      // Not a count, as below.
    }
    throw new Malformed("count");
  }

  static Object readArray(Words words, String word, Type part, int depth) {
    int count = count(words, word, 'l');
    Object array = Array.newInstance(raw(part), count);
    for (int i = 0; i < count; i++) Array.set(array, i, read(words, part, depth + 1));
    return array;
  }
}
