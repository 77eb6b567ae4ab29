import java.io.File;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Enumeration;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Follows all references from the agent's classes that it sees, and prints what it must not reach;
 * and tries to change settings by what it sees.
 */
public final class Reaching {
  private static final String ENTRY = "io/stallguard/agent/";
  private static final int MOST = 1000000;

  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<Object, Boolean>());
  private final Deque<Object> next = new ArrayDeque<Object>();
  private final Deque<String> ways = new ArrayDeque<String>();

  private Reaching() {}

  public static void main(String[] arguments) throws Exception {
    Reaching walk = new Reaching();
    JarFile jar = new JarFile(new File(arguments[0]));
    int classes = 0;
    for (Enumeration<JarEntry> all = jar.entries(); all.hasMoreElements(); ) {
      String name = all.nextElement().getName();
      if (name.startsWith(ENTRY) && name.endsWith(".class")) {
        walk.statics(Class.forName(name.substring(0, name.length() - 6).replace('/', '.')));
        classes++;
      }
    }
    walk.walk();
    System.out.println(classes > 5 ? "walked" : "saw " + classes + " classes");
    System.out.println(walk.seen.contains(hook()) ? "through the hook" : "without the hook");
    System.out.println(change() == null ? "changed settings" : "changed nothing");
  }

  private static Object hook() throws Exception {
    return Class.forName("io.stallguard.agent.Hooks").getField("hook").get(null);
  }

  @SuppressWarnings("unchecked")
  private static Object change() throws Exception {
    return ((BiFunction<String, Object[], Object>) hook()).apply("", new Object[] {"idle=7s", null});
  }

  private void statics(Class<?> type) {
    for (Field field : type.getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers())) {
        follow(field, null, type.getName());
      }
    }
  }

  private void walk() {
    while (!next.isEmpty() && seen.size() < MOST) {
      Object object = next.poll();
      String way = ways.poll();
      if (object instanceof Object[]) {
        for (int i = 0; i < Array.getLength(object); i++) {
          found(Array.get(object, i), way + "[]");
        }
      }
      for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
        for (Field field : type.getDeclaredFields()) {
          if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
            follow(field, object, way);
          }
        }
      }
    }
  }

  private void follow(Field field, Object object, String way) {
    Object value;
    try {
      field.setAccessible(true);
      value = field.get(object);
    } catch (Exception e) {
      // The JDK does not open it.
      return;
    }
    found(value, way + "." + field.getName());
  }

  private void found(Object object, String way) {
    if (object == null || !seen.add(object)) {
      return;
    }
    Class<?> type = object instanceof Class ? (Class<?>) object : object.getClass();
    if (object instanceof Instrumentation || isOurs(type.getClassLoader()) || isOurs(object)) {
      System.out.println("reached " + type.getName() + " by " + way);
    } else if (!(object instanceof Class)) {
      next.add(object);
      ways.add(way);
    }
  }

  private static boolean isOurs(Object object) {
    return object instanceof ClassLoader
        && object.getClass().getName().startsWith("io.stallguard.");
  }
}
