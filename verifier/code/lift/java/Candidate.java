package assay;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;

/** Answers calls of the program's methods until there are no more. */
final class Candidate {
  private static final int MAX_TEXT = 1 << 16;

  private final Targets targets = new Targets();
  private final List<Object> objects = new ArrayList<>();

  private Candidate() throws Exception {}

  private Object invoke(Executable target, Object self, Object[] arguments) throws Throwable {
    try {
      if (target instanceof Constructor) {
        objects.add(((Constructor<?>) target).newInstance(arguments));
        return objects.size() - 1;
      }
      return ((Method) target).invoke(self, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static String written(Object value, Type type) {
    StringBuilder out = new StringBuilder();
    Wire.add(out, value, type, 0);
    return out.toString();
  }

  private CharSequence call(String line) throws Throwable {
    Wire.Words words = new Wire.Words(line);
    if (!words.skip("call")) throw new Wire.Malformed("not a call");
    Executable target = targets.all.get(Integer.parseInt(words.next()));
    Object self = null;
    if (Targets.ofObject(target)) self = objects.get((Integer) Wire.read(words, int.class, 0));
    Type[] types = target.getGenericParameterTypes();
    Object[] arguments = new Object[types.length];
    String[] before = new String[types.length];
    for (int i = 0; i < types.length; i++) {
      arguments[i] = Wire.read(words, types[i], 0);
      if (Wire.refers(types[i])) before[i] = written(arguments[i], types[i]);
    }
    Object result = invoke(target, self, arguments.clone());
    StringBuilder out = new StringBuilder("return");
    Wire.add(out, result, Targets.result(target), 0);
    for (int i = 0; i < types.length; i++) {
      if (before[i] == null) continue;
      String after = written(arguments[i], types[i]);
      out.append(after.equals(before[i]) ? " u" : after);
    }
    return out;
  }

  private CharSequence answer(String line) {
    try {
      return call(line);
    } catch (OutOfMemoryError e) {
      // Its memory is what ended it, not what it threw.
      System.err.println("java.lang.OutOfMemoryError");
      Runtime.getRuntime().halt(1);
      return "";
    } catch (Throwable e) {
      StringBuilder out = new StringBuilder("raise ");
      Wire.addText(out, e.getClass().getName());
      String text = String.valueOf(message(e));
      Wire.addText(out.append(' '), text.substring(0, Math.min(text.length(), MAX_TEXT)));
      return out;
    }
  }

  private static String message(Throwable e) {
    try {
      return e.getMessage() == null ? "" : e.getMessage();
    } catch (Throwable inner) {
      return "";
    }
  }

  public static void main(String[] args) throws Exception {
    Wire wire = new Wire();
    Candidate candidate = new Candidate();
    wire.send("ready");
    for (String line = wire.next(); line != null; line = wire.next()) {
      wire.send(candidate.answer(line));
    }
    Runtime.getRuntime().halt(0);
  }
}
