package assay;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.lang.model.element.Modifier;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Compiles sources into one jar, a.jar, in one JVM, whatever a public class is
 * called and however many there are. The main class is that of the last
 * source: a public one, else Main, else the first that has a main method.
 *
 * <p>A further file, assay.role, names a main class of ours in its first line;
 * it goes into the jar with our classes. --library makes our own jar of
 * compiled classes instead.
 */
final class Build {
  private static final String OWN_JAR = "assay.jar";

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String text) {
      super(URI.create("mem:///" + name), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignore) {
      return text;
    }

    @Override
    public boolean isNameCompatible(String simpleName, Kind kind) {
      return kind == Kind.SOURCE;
    }
  }

  private static final class Made extends SimpleJavaFileObject {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Made(String path) {
      super(URI.create("mem:///" + path), Kind.CLASS);
    }

    @Override
    public OutputStream openOutputStream() {
      return bytes;
    }
  }

  private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
    final Map<String, Made> made = new TreeMap<>();

    InMemory(JavaFileManager files) {
      super(files);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
      String path = name.replace('.', '/') + ".class";
      return made.computeIfAbsent(path, Made::new);
    }
  }

  private static boolean hasMain(ClassTree type) {
    for (Tree member : type.getMembers()) {
      if (!(member instanceof MethodTree)) continue;
      MethodTree method = (MethodTree) member;
      if (method.getName().contentEquals("main")
          && method.getParameters().size() == 1
          && (method.getModifiers().getFlags().contains(Modifier.STATIC))) {
        return true;
      }
    }
    return false;
  }

  private static String mainClass(CompilationUnitTree unit) {
    String found = null;
    boolean sure = false;
    for (Tree tree : unit.getTypeDecls()) {
      if (!(tree instanceof ClassTree) || !hasMain((ClassTree) tree)) continue;
      ClassTree type = (ClassTree) tree;
      String name = type.getSimpleName().toString();
      if (type.getModifiers().getFlags().contains(Modifier.PUBLIC)) {
        found = name;
        break;
      }
      if (found == null || (!sure && name.equals("Main"))) found = name;
      sure |= name.equals("Main");
    }
    if (found == null || unit.getPackageName() == null) return found;
    return unit.getPackageName() + "." + found;
  }

  /** Whether one of our stubs would be seen in the place of a library's class. */
  private static boolean shadows(CompilationUnitTree unit, String role) {
    List<String> packages = new ArrayList<>(List.of("java.lang"));
    for (ImportTree tree : unit.getImports()) {
      String path = tree.getQualifiedIdentifier().toString();
      if (path.endsWith(".*")) packages.add(path.substring(0, path.length() - 2));
    }
    for (String line : role.split("\n")) {
      String name = line.split(" ")[0];
      name = name.substring(name.lastIndexOf('.') + 1);
      for (String place : packages) {
        try {
          Class.forName(place + "." + name, false, ClassLoader.getPlatformClassLoader());
          System.err.println(place + "." + name + " would be hidden");
          return true;
        } catch (ClassNotFoundException | LinkageError e) {
          // There is none: as it should be.
        }
      }
    }
    return false;
  }

  private static void entry(ZipOutputStream out, String name, byte[] bytes) throws Exception {
    out.putNextEntry(new ZipEntry(name));
    out.write(bytes);
    out.closeEntry();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Our own classes: all but this one are of use in a run. */
  private static void copyOwn(ZipOutputStream out) throws Exception {
    try (JarFile jar = new JarFile(OWN_JAR)) {
      for (var entry : java.util.Collections.list(jar.entries())) {
        if (entry.getName().startsWith("assay/Build")) continue;
        if (!entry.getName().startsWith("assay/")) continue;
        entry(out, entry.getName(), jar.getInputStream(entry).readAllBytes());
      }
    }
  }

  private static void writeLibrary(Path classes) throws Exception {
    try (ZipOutputStream out = new ZipOutputStream(new FileOutputStream(OWN_JAR));
        var list = Files.list(classes.resolve("assay"))) {
      for (Path path : (Iterable<Path>) list.sorted()::iterator) {
        entry(out, "assay/" + path.getFileName(), Files.readAllBytes(path));
      }
    }
  }

  private static void writeJar(String main, String role, InMemory files) throws Exception {
    String first = role.isEmpty() ? main : role.substring(0, role.indexOf('\n'));
    String manifest = "Manifest-Version: 1.0\nAdd-Opens: java.base/java.io\n";
    if (first != null) manifest += header("Main-Class: " + first);
    try (ZipOutputStream out = new ZipOutputStream(new FileOutputStream("a.jar"))) {
      out.setLevel(0);
      entry(out, "META-INF/MANIFEST.MF", utf8(manifest));
      if (!role.isEmpty()) {
        entry(out, "assay/role", utf8(role));
        entry(out, "assay/main", utf8(main == null ? "" : main));
        copyOwn(out);
      }
      for (Map.Entry<String, Made> made : files.made.entrySet()) {
        if (!role.isEmpty() && made.getKey().startsWith("assay/")) continue;
        entry(out, made.getKey(), made.getValue().bytes.toByteArray());
      }
    }
  }

  /** Lines of a manifest hold 72 bytes at most. */
  private static String header(String line) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    byte[] bytes = utf8(line);
    while (at < bytes.length) {
      int size = Math.min(bytes.length - at, at == 0 ? 70 : 69);
      while (at + size < bytes.length && (bytes[at + size] & 0xc0) == 0x80) size--;
      if (at > 0) out.append(' ');
      out.append(new String(bytes, at, size, StandardCharsets.UTF_8)).append('\n');
      at += size;
    }
    return out.toString();
  }

  public static void main(String[] names) throws Exception {
    if (names[0].equals("--library")) {
      writeLibrary(Path.of(names[1]));
      return;
    }
    List<Source> sources = new ArrayList<>();
    String role = "";
    for (String name : names) {
      String text = new String(Files.readAllBytes(Path.of(name)), StandardCharsets.UTF_8);
      if (name.equals("assay.role")) {
        role = text;
      } else {
        sources.add(new Source(name, text));
      }
    }
    var compiler = ToolProvider.getSystemJavaCompiler();
    InMemory files =
        new InMemory(compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8));
    List<String> options = List.of("-proc:none", "-nowarn", "-Xlint:none", "-cp", OWN_JAR);
    JavacTask task = (JavacTask) compiler.getTask(null, files, null, options, null, sources);
    String[] main = new String[1]; // Of the source parsed last.
    boolean[] hidden = new boolean[1];
    String targets = role.startsWith("assay.Examiner\n") ? role : "";
    task.addTaskListener(
        new TaskListener() {
          @Override
          public void finished(TaskEvent event) {
            if (event.getKind() != TaskEvent.Kind.PARSE) return;
            main[0] = mainClass(event.getCompilationUnit());
            hidden[0] = shadows(event.getCompilationUnit(), targets);
          }
        });
    if (!task.call() || hidden[0]) System.exit(1);
    writeJar(main[0], role, files);
  }
}
