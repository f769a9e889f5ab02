package assay;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;

/**
 * What can be called, by number, from the lines of the role after the first:
 * `CLASS METHOD TYPE,TYPE`, the method of a constructor being `new`, and the
 * types simple names without arguments, `-` for none.
 */
final class Targets {
  final List<Executable> all = new ArrayList<>();

  Targets() throws Exception {
    String[] lines = Wire.resource("role").split("\n");
    for (int i = 1; i < lines.length; i++) all.add(find(lines[i].split(" ")));
  }

  private static Executable find(String[] words) throws Exception {
    Class<?> owner = Class.forName(words[0], false, Targets.class.getClassLoader());
    Executable[] known =
        words[1].equals("new") ? owner.getDeclaredConstructors() : owner.getDeclaredMethods();
    for (Executable target : known) {
      if (target.isSynthetic()) continue;
      if (target instanceof Method && !target.getName().equals(words[1])) continue;
      if (!types(target).equals(words[2])) continue;
      target.setAccessible(true);
      return target;
    }
    throw new NoSuchMethodException(words[0] + "." + words[1]);
  }

  private static String types(Executable target) {
    StringBuilder out = new StringBuilder();
    for (Class<?> type : target.getParameterTypes()) {
      if (out.length() > 0) out.append(',');
      out.append(type.getSimpleName());
    }
    return out.length() == 0 ? "-" : out.toString();
  }

  static Type result(Executable target) {
    return target instanceof Constructor ? int.class : ((Method) target).getGenericReturnType();
  }

  /** Whether a call names the object first. */
  static boolean ofObject(Executable target) {
    return target instanceof Method && !Modifier.isStatic(target.getModifiers());
  }
}
