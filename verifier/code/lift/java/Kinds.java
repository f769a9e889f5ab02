package assay;

import java.lang.reflect.Array;
import java.lang.reflect.Type;
import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.Stack;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;

/**
 * Values whose kind crosses with them: collections of the library and those
 * made of them. What can be changed, and in which order it iterates, is kept;
 * a class of the candidate's own comes back as the nearest kind.
 */
final class Kinds {
  private static final Class<?>[] LISTS = {
    ArrayList.class, LinkedList.class, Stack.class, Vector.class
  };

  private static boolean reversed(Comparator<?> order) {
    return order != null && order.equals(Collections.reverseOrder());
  }

  private static String of(Object value) {
    String name = value.getClass().getName();
    if (value instanceof List) {
      if (name.equals("java.util.Arrays$ArrayList")) return "asList";
      if (name.startsWith("java.util.ImmutableCollections")) return "listOf";
      if (name.startsWith("java.util.Collections$")) return "fixedList";
      for (Class<?> list : LISTS) {
        if (list == value.getClass()) return list.getSimpleName();
      }
      return value instanceof LinkedList ? "LinkedList"
          : value instanceof Stack ? "Stack"
          : value instanceof Vector ? "Vector" : "ArrayList";
    }
    boolean fixed =
        name.startsWith("java.util.ImmutableCollections")
            || name.startsWith("java.util.Collections$Unmodifiable")
            || name.startsWith("java.util.Collections$Empty")
            || name.startsWith("java.util.Collections$Singleton");
    if (value instanceof SortedSet) {
      return reversed(((SortedSet<?>) value).comparator()) ? "reverseSet" : "TreeSet";
    }
    if (value instanceof Set) {
      return fixed ? "fixedSet" : value.getClass() == HashSet.class ? "HashSet" : "LinkedHashSet";
    }
    if (value instanceof PriorityQueue) {
      return reversed(((PriorityQueue<?>) value).comparator()) ? "reverseQueue" : "PriorityQueue";
    }
    if (value instanceof ArrayDeque) return "ArrayDeque";
    if (value instanceof Queue) return "LinkedList";
    return value instanceof Collection ? "ArrayList" : "";
  }

  private static String ofMap(Map<?, ?> map) {
    String name = map.getClass().getName();
    if (map instanceof SortedMap) {
      return reversed(((SortedMap<?, ?>) map).comparator()) ? "reverseMap" : "TreeMap";
    }
    if (name.startsWith("java.util.ImmutableCollections")
        || name.startsWith("java.util.Collections$")) {
      return "fixedMap";
    }
    return map.getClass() == HashMap.class ? "HashMap" : "LinkedHashMap";
  }

  static String arrayName(Class<?> array) {
    Class<?> part = array;
    int depth = 0;
    for (; part.isArray(); part = part.getComponentType()) depth++;
    boolean known =
        part.isPrimitive() || Wire.isScalar(part) || part == Object.class
            || part.getName().startsWith("java.util.");
    return (known ? part.getName() : "java.lang.Object") + "[]".repeat(depth);
  }

  private static Class<?> part(String name) {
    for (Class<?> c :
        new Class<?>[] {
          int.class, long.class, double.class, boolean.class, char.class, byte.class, short.class,
          float.class, Object.class, List.class, ArrayList.class, Map.class, HashMap.class, Set.class
        }) {
      if (c.getName().equals(name)) return c;
    }
    if (name.startsWith("java.lang.") || name.startsWith("java.math.")) {
      try {
        Class<?> c = Class.forName(name);
        if (Wire.isScalar(c)) return c;
      } catch (ClassNotFoundException e) {
        // Not a type, as below.
      }
    }
    throw new Wire.Malformed("kind");
  }

  static void add(StringBuilder out, Object value, Type type, int depth) {
    if (value instanceof Collection) {
      Collection<?> all = (Collection<?>) value;
      int count = all.size();
      if (count > Wire.MAX_COUNT) throw new Wire.Malformed("too wide");
      out.append("p2 s").append(of(value));
      out.append(value instanceof Set ? " e" : " l").append(count);
      for (Object part : all) {
        if (count-- == 0) break;
        Wire.add(out, part, Wire.argument(type, 0), depth + 1);
      }
      if (count > 0) throw new Wire.Malformed("a false size");
    } else if (value instanceof Map) {
      addMap(out, (Map<?, ?>) value, type, depth);
    } else if (value instanceof Map.Entry) {
      out.append("p2 sEntry p2");
      Wire.add(out, ((Map.Entry<?, ?>) value).getKey(), Wire.argument(type, 0), depth + 1);
      Wire.add(out, ((Map.Entry<?, ?>) value).getValue(), Wire.argument(type, 1), depth + 1);
    } else if (value instanceof Optional) {
      Optional<?> some = (Optional<?>) value;
      out.append("p2 sOptional ").append(some.isPresent() ? 'o' : 'n');
      if (some.isPresent()) Wire.add(out, some.get(), Wire.argument(type, 0), depth + 1);
    } else if (value instanceof StringBuilder) {
      Wire.addText(out.append("p2 sStringBuilder s"), value.toString());
    } else {
      addOptional(out, value);
    }
  }

  private static void addOptional(StringBuilder out, Object value) {
    Object held = null;
    if (value instanceof OptionalInt) {
      OptionalInt x = (OptionalInt) value;
      held = x.isPresent() ? x.getAsInt() : null;
    } else if (value instanceof OptionalLong) {
      OptionalLong x = (OptionalLong) value;
      held = x.isPresent() ? x.getAsLong() : null;
    } else if (value instanceof OptionalDouble) {
      OptionalDouble x = (OptionalDouble) value;
      held = x.isPresent() ? x.getAsDouble() : null;
    } else if (value.getClass() == Object.class) {
      out.append("p2 sObject u");
      return;
    } else {
      throw new Wire.Malformed("a value of " + value.getClass().getName() + " cannot cross");
    }
    out.append("p2 s").append(value.getClass().getSimpleName()).append(held == null ? " n" : " o");
    if (held != null) Wire.add(out, held, held.getClass(), 0);
  }

  private static void addMap(StringBuilder out, Map<?, ?> map, Type type, int depth) {
    int count = map.size();
    if (count > Wire.MAX_COUNT) throw new Wire.Malformed("too wide");
    out.append("p2 s").append(ofMap(map)).append(" m").append(count);
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (count-- == 0) break;
      Wire.add(out, entry.getKey(), Wire.argument(type, 0), depth + 1);
      Wire.add(out, entry.getValue(), Wire.argument(type, 1), depth + 1);
    }
    if (count > 0) throw new Wire.Malformed("a false size");
  }

  static Object read(Wire.Words words, String kind, Type type, int depth) {
    if (kind.endsWith("[]")) {
      int end = kind.indexOf('[');
      int dimensions = (kind.length() - end) / 2;
      if (dimensions > 50 || kind.length() > 200) throw new Wire.Malformed("kind");
      Class<?> array = Array.newInstance(part(kind.substring(0, end)), new int[dimensions]).getClass();
      return Wire.readArray(words, words.next(), array.getComponentType(), depth);
    }
    for (Class<?> c :
        new Class<?>[] {
          Integer.class, Long.class, String.class, Boolean.class, Double.class, Character.class,
          Float.class, Short.class, Byte.class, java.math.BigInteger.class, java.math.BigDecimal.class
        }) {
      if (c.getSimpleName().equals(kind)) return Wire.readScalar(words, words.next(), c);
    }
    String word = words.next();
    switch (kind) {
      case "Object":
        if (word.equals("u")) return new Object();
        break;
      case "Entry":
        if (!word.equals("p2")) break;
        Object key = Wire.read(words, Wire.argument(type, 0), depth + 1);
        return new AbstractMap.SimpleEntry<>(
            key, Wire.read(words, Wire.argument(type, 1), depth + 1));
      case "Optional":
        if (word.equals("n")) return Optional.empty();
        Object held = word.equals("o") ? Wire.read(words, Wire.argument(type, 0), depth + 1) : null;
        if (held != null) return Optional.of(held);
        break;
      case "OptionalInt":
        return word.equals("n") ? OptionalInt.empty()
            : OptionalInt.of((Integer) Wire.read(words, int.class, depth));
      case "OptionalLong":
        return word.equals("n") ? OptionalLong.empty()
            : OptionalLong.of((Long) Wire.read(words, long.class, depth));
      case "OptionalDouble":
        return word.equals("n") ? OptionalDouble.empty()
            : OptionalDouble.of((Double) Wire.read(words, double.class, depth));
      case "StringBuilder":
        if (word.charAt(0) == 's') return new StringBuilder(Wire.textOf(word.substring(1)));
        break;
      default:
        if (word.charAt(0) == 'm') return readMap(words, word, kind, type, depth);
        return readAll(words, word, kind, type, depth);
    }
    throw new Wire.Malformed("value of " + kind);
  }

  private static Object readAll(
      Wire.Words words, String word, String kind, Type type, int depth) {
    int count = Wire.count(words, word, kind.endsWith("Set") ? 'e' : 'l');
    ArrayList<Object> list = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      list.add(Wire.read(words, Wire.argument(type, 0), depth + 1));
    }
    Collection<Object> made;
    switch (kind) {
      case "ArrayList": return list;
      case "asList": return Arrays.asList(list.toArray());
      case "listOf":
        return list.contains(null) ? Collections.unmodifiableList(list) : List.copyOf(list);
      case "fixedList": return Collections.unmodifiableList(list);
      case "fixedSet": return Collections.unmodifiableSet(new LinkedHashSet<>(list));
      case "LinkedList": made = new LinkedList<>(); break;
      case "Stack": made = new Stack<>(); break;
      case "Vector": made = new Vector<>(); break;
      case "HashSet": made = new HashSet<>(); break;
      case "LinkedHashSet": made = new LinkedHashSet<>(); break;
      case "TreeSet": made = new TreeSet<>(); break;
      case "reverseSet": made = new TreeSet<>(Collections.reverseOrder()); break;
      case "PriorityQueue": made = new PriorityQueue<>(); break;
      case "reverseQueue": made = new PriorityQueue<>(Collections.reverseOrder()); break;
      case "ArrayDeque": made = new ArrayDeque<>(); break;
      default: throw new Wire.Malformed("kind");
    }
    made.addAll(list);
    return made;
  }

  private static Object readMap(
      Wire.Words words, String word, String kind, Type type, int depth) {
    int count = Wire.count(words, word, 'm');
    LinkedHashMap<Object, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      Object key = Wire.read(words, Wire.argument(type, 0), depth + 1);
      map.put(key, Wire.read(words, Wire.argument(type, 1), depth + 1));
    }
    Map<Object, Object> made;
    switch (kind) {
      case "LinkedHashMap": return map;
      case "fixedMap": return Collections.unmodifiableMap(map);
      case "HashMap": made = new HashMap<>(); break;
      case "TreeMap": made = new TreeMap<>(); break;
      case "reverseMap": made = new TreeMap<>(Collections.reverseOrder()); break;
      default: throw new Wire.Malformed("kind");
    }
    made.putAll(map);
    return made;
  }

  /** Makes `to` like `from`, in place; what cannot be changed was not. */
  @SuppressWarnings("unchecked")
  static void store(Object to, Object from) {
    if (to == null || from == null) return;
    if (to.getClass().isArray() && to.getClass() == from.getClass()) {
      int count = Math.min(Array.getLength(to), Array.getLength(from));
      for (int i = 0; i < count; i++) {
        Object part = Array.get(from, i);
        if (!storePart(Array.get(to, i), part)) Array.set(to, i, part);
      }
    } else if (to instanceof List && from instanceof List
        && ((List<?>) to).size() == ((List<?>) from).size()) {
      List<Object> list = (List<Object>) to;
      int i = 0;
      for (Object part : (List<?>) from) {
        Object old = list.get(i);
        if (!storePart(old, part) && !java.util.Objects.equals(old, part)) list.set(i, part);
        i++;
      }
    } else if (to instanceof Collection && from instanceof Collection) {
      if (to instanceof Set && to.equals(from)) return;
      ((Collection<Object>) to).clear();
      ((Collection<Object>) to).addAll((Collection<Object>) from);
    } else if (to instanceof Map && from instanceof Map) {
      storeMap((Map<Object, Object>) to, (Map<Object, Object>) from);
    } else if (to instanceof StringBuilder && from instanceof StringBuilder) {
      ((StringBuilder) to).setLength(0);
      ((StringBuilder) to).append((StringBuilder) from);
    }
  }

  private static void storeMap(Map<Object, Object> to, Map<Object, Object> from) {
    if (!from.keySet().containsAll(to.keySet())) to.keySet().retainAll(from.keySet());
    for (Map.Entry<Object, Object> entry : from.entrySet()) {
      Object old = to.get(entry.getKey());
      Object part = entry.getValue();
      if (storePart(old, part)) continue;
      if (!to.containsKey(entry.getKey()) || !java.util.Objects.equals(old, part)) {
        to.put(entry.getKey(), part);
      }
    }
  }

  private static boolean storePart(Object to, Object from) {
    boolean inside =
        to != null && from != null
            && (to.getClass().isArray() && to.getClass() == from.getClass()
                    && Array.getLength(to) == Array.getLength(from)
                || to instanceof Collection && from instanceof Collection
                || to instanceof Map && from instanceof Map);
    if (inside) store(to, from);
    return inside;
  }
}
