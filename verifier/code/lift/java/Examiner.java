package assay;

import java.io.FileOutputStream;
import java.lang.reflect.Executable;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;

/** Runs the tests and says how they ended; stubs call through it. */
public final class Examiner {
  private static Wire wire;
  private static Targets targets;
  private static FileOutputStream reply;
  private static boolean ready;
  private static boolean called;
  private static boolean ended;
  private static Throwable last; // The latest exception of the candidate's.
  private static String lastType = "";
  private static String lastText = "";

  private Examiner() {}

  private static synchronized void end(String line, int code) {
    say(line);
    Runtime.getRuntime().halt(code);
  }

  private static synchronized void say(String line) {
    if (ended) return;
    ended = true;
    try {
      reply.write((line + "\n").getBytes(StandardCharsets.ISO_8859_1));
    } catch (java.io.IOException e) {
      Runtime.getRuntime().halt(3);
    }
  }

  private static String receive() throws java.io.IOException {
    String line = wire.next();
    if (line == null) end("gone", 3);
    return line;
  }

  /** Makes an object of the candidate's; gives its number. */
  public static int make(int index, Object[] arguments) {
    return (Integer) call(index, -1, arguments);
  }

  /** Calls method number `index`, of object `self` unless that is negative. */
  public static synchronized Object call(int index, int self, Object[] arguments) {
    called = true;
    Executable target = targets.all.get(index);
    Type[] types = target.getGenericParameterTypes();
    StringBuilder frame = new StringBuilder("call ").append(index);
    if (self >= 0) frame.append(" i").append(self);
    for (int i = 0; i < types.length; i++) Wire.add(frame, arguments[i], types[i], 0);
    Throwable thrown = null;
    try {
      if (!ready && !receive().equals("ready")) end("gone", 3);
      ready = true;
      wire.send(frame);
      Wire.Words words = new Wire.Words(receive());
      if (words.skip("return")) return understood(words, target, types, arguments);
      if (!words.skip("raise")) end("gone", 3);
      thrown = raised(Wire.textOf(words.next()), words.more() ? Wire.textOf(words.next()) : "");
    } catch (Throwable e) {
      end("gone", 3);
    }
    last = thrown;
    throw Examiner.<RuntimeException>unchecked(thrown);
  }

  private static Object understood(
      Wire.Words words, Executable target, Type[] types, Object[] arguments) {
    Object result = Wire.read(words, Targets.result(target), 0);
    Object[] after = new Object[types.length];
    for (int i = 0; i < types.length; i++) {
      if (Wire.refers(types[i]) && !words.skip("u")) after[i] = Wire.read(words, types[i], 0);
    }
    if (words.more()) throw new Wire.Malformed("more than a frame");
    for (int i = 0; i < types.length; i++) {
      try {
        if (after[i] != null) Kinds.store(arguments[i], after[i]);
      } catch (UnsupportedOperationException e) {
        // The tests' own collection cannot be changed, by the candidate either.
      }
    }
    return result;
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> T unchecked(Throwable thrown) throws T {
    throw (T) thrown;
  }

  /** The library's exception of that name, or a generic one. */
  private static Throwable raised(String type, String text) {
    lastType = type;
    lastText = text;
    if (type.startsWith("java.lang.") || type.startsWith("java.util.")
        || type.startsWith("java.io.")) {
      try {
        Class<?> c = Class.forName(type);
        if (Throwable.class.isAssignableFrom(c)) {
          if (text.isEmpty()) return (Throwable) c.getConstructor().newInstance();
          return (Throwable) c.getConstructor(String.class).newInstance(text);
        }
      } catch (ReflectiveOperationException | LinkageError e) {
        // Its name and text alone, then.
      }
    }
    return new RuntimeException(type + ": " + text);
  }

  private static boolean isLast(Throwable thrown) {
    for (int depth = 0; thrown != null && depth < 20; depth++, thrown = thrown.getCause()) {
      if (thrown == last) return true;
    }
    return false;
  }

  public static void main(String[] args) throws Exception {
    reply = new FileOutputStream(Wire.descriptor(4));
    wire = new Wire();
    targets = new Targets();
    // Tests may end by System.exit; the exit code tells how.
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> say(called ? "pass" : "uncalled")));
    try {
      Wire.runMain();
    } catch (Throwable thrown) {
      thrown.printStackTrace();
      if (!isLast(thrown)) end("failed", 1);
      StringBuilder line = new StringBuilder("raise ");
      Wire.addText(line, lastType);
      Wire.addText(line.append(' '), lastText);
      end(line.toString(), 1);
    }
    end(called ? "pass" : "uncalled", 0);
  }
}
