package io.stallguard.tooling;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which class names are of interest, and to which module: the gate's only knowledge. Immutable. */
final class GateIndex {
  // A text, so that no instrumentation module has to be loaded before one of its classes comes.
  // Each module has its own piece; the build of the jar puts the pieces together.

  static final String RESOURCE = "instrumentations.txt";

  private static final int FIELDS = 3;

  /** Stands in place of the module's class in lines about stacks. */
  private static final String STACK = "stack";

  private final Map<String, List<Entry>> entries = new HashMap<>();

  /** The entries by the names that loaded classes tell: to change each of theirs takes longer. */
  private final Map<String, List<Entry>> byType = new HashMap<>();

  private final Set<String> modules = new HashSet<>();
  private final Map<String, String> onStacks = new HashMap<>();

  /**
   * Reads the index.
   *
   * @throws IOException if a line is not {@code module-name module-class class/name}, or {@code
   *     module-name stack its.clients.} for what is known of the stack of a thread that uses them
   */
  static GateIndex read(InputStream in) throws IOException {
    GateIndex index = new GateIndex();
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.isEmpty()) {
          index.add(line.split(" "));
        }
      }
    }
    return index;
  }

  private void add(String[] fields) throws IOException {
    if (fields.length != FIELDS) {
      throw new IOException(RESOURCE + ": expected module, module class and class name");
    }
    modules.add(fields[0]);
    if (fields[1].equals(STACK)) {
      onStacks.put(fields[0], fields[2]);
      return;
    }
    List<Entry> sharing = entries.get(fields[2]);
    if (sharing == null) {
      sharing = new ArrayList<>(1);
      entries.put(fields[2], sharing);
      byType.put(fields[2].replace('/', '.'), sharing);
    }
    sharing.add(new Entry(fields[0], fields[1]));
  }

  /** The modules that want this class, by its internal name, or null. */
  @Nullable List<Entry> entries(String internalName) {
    return entries.get(internalName);
  }

  /** The modules that want this class, as {@code java.net.Socket}, or null. */
  @Nullable List<Entry> entriesOfType(String name) {
    return byType.get(name);
  }

  /** The names of all modules. */
  Set<String> modules() {
    return modules;
  }

  /**
   * How names of classes begin that are on a thread's stack while it uses a blocking socket for a
   * module's clients; by module.
   */
  Map<String, String> onStacks() {
    return onStacks;
  }

  /** A module as the index knows it. */
  static final class Entry {
    private final String module;
    private final String moduleClass;

    Entry(String module, String moduleClass) {
      this.module = module;
      this.moduleClass = moduleClass;
    }

    String module() {
      return module;
    }

    String moduleClass() {
      return moduleClass;
    }
  }
}
