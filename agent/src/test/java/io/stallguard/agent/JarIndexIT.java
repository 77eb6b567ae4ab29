package io.stallguard.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The gate's index agrees with the modules in the jar, which it stands for until one is needed. */
class JarIndexIT {
  private static final String INDEX = "inst/instrumentations.txt";

  private final ClassLoader inside;

  JarIndexIT() throws IOException {
    inside = new AgentClassLoader(BuiltJar.PATH.toFile(), ClassLoader.getPlatformClassLoader());
  }

  @Test
  void namesEachModuleByTheModulesOwnName() throws Exception {
    for (Line line : lines()) {
      assertThat(call(module(line.moduleClass), "name")).isEqualTo(line.module);
    }
  }

  @Test
  void hasExactlyTheTypesOfTheModules() throws Exception {
    for (Line line : lines()) {
      assertThat(typesInIndex(line.moduleClass))
          .containsExactlyInAnyOrderElementsOf(typesOf(module(line.moduleClass)));
    }
  }

  @Test
  void hasEachModuleThatIsInTheJar() throws Exception {
    Set<String> moduleClasses = new LinkedHashSet<>();
    for (Line line : lines()) {
      moduleClasses.add("inst/" + line.moduleClass.replace('.', '/') + ".classdata");
    }

    try (BuiltJar jar = new BuiltJar()) {
      assertThat(jar.files())
          .filteredOn(name -> name.endsWith("Instrumentation.classdata"))
          .filteredOn(name -> name.startsWith("inst/io/stallguard/instrumentation/"))
          .containsExactlyInAnyOrderElementsOf(moduleClasses);
    }
  }

  @Test
  void givesEachClassToAModuleOnce() throws IOException {
    assertThat(lines()).isNotEmpty().doesNotHaveDuplicates();
  }

  @Test
  void usesNamesThatMakeGoodSettings() throws IOException {
    for (Line line : lines()) {
      assertThat(line.module).matches("[a-z][a-z0-9]*(-[a-z0-9.]+)*");
    }
  }

  @Test
  void findsEachHelperInTheJar() throws Exception {
    try (BuiltJar jar = new BuiltJar()) {
      for (Line line : lines()) {
        String helper = (String) call(module(line.moduleClass), "helper");

        assertThat(helper).contains(".helpers.");
        assertThat(jar.files()).contains("inst/" + helper.replace('.', '/') + ".classdata");
      }
    }
  }

  @Test
  void knowsTheModulesThatTheCensusOfClientsNames() throws Exception {
    Class<?> clients = Class.forName("io.stallguard.core.coverage.KnownClients", true, inside);
    Method modules = clients.getDeclaredMethod("modules");
    modules.setAccessible(true);
    Set<String> indexed = new LinkedHashSet<>();
    lines().forEach(line -> indexed.add(line.module));

    // Ktor's guards no body: its engines are clients that have modules of their own, or none.
    indexed.remove("ktor");
    assertThat((Set<?>) modules.invoke(null)).isEqualTo(indexed);
  }

  /**
   * What its operator has switched off is not woven and not guarded by its sockets either: those
   * know it by its classes.
   */
  @Test
  void knowsOnStacksEachModuleOfAClientOfBlockingSockets() throws Exception {
    Class<?> clients = Class.forName("io.stallguard.core.coverage.KnownClients", true, inside);
    Method byClass = clients.getDeclaredMethod("byClass");
    byClass.setAccessible(true);

    for (Object client : ((Map<?, ?>) byClass.invoke(null)).values()) {
      if (!call(client, "sockets").toString().equals("NOTHING")) {
        for (Object module : (List<?>) call(client, "modules")) {
          assertThat(onStacks()).contains((String) module);
        }
      }
    }
  }

  private static Set<String> onStacks() throws IOException {
    try (BuiltJar jar = new BuiltJar()) {
      return jar.text(INDEX)
          .lines()
          .filter(line -> line.contains(" stack "))
          .map(line -> line.split(" ")[0])
          .collect(Collectors.toSet());
    }
  }

  private static List<Line> lines() throws IOException {
    List<Line> lines = new ArrayList<>();
    try (BuiltJar jar = new BuiltJar()) {
      for (String line : jar.text(INDEX).lines().filter(text -> !text.isEmpty()).toList()) {
        String[] fields = line.split(" ");
        if (!fields[1].equals("stack")) {
          lines.add(new Line(fields[0], fields[1], fields[2]));
        }
      }
    }
    return lines;
  }

  private static List<String> typesInIndex(String moduleClass) throws IOException {
    return lines().stream()
        .filter(line -> line.moduleClass.equals(moduleClass))
        .map(line -> line.type.replace('/', '.'))
        .toList();
  }

  private Object module(String name) throws ReflectiveOperationException {
    return Class.forName(name, true, inside).getDeclaredConstructor().newInstance();
  }

  private static List<String> typesOf(Object module) throws ReflectiveOperationException {
    List<String> types = new ArrayList<>();
    for (Object type : (List<?>) call(module, "types")) {
      types.add((String) call(type, "type"));
    }
    return types;
  }

  private static Object call(Object target, String name) throws ReflectiveOperationException {
    Method method = target.getClass().getDeclaredMethod(name);
    method.setAccessible(true);
    return method.invoke(target);
  }

  /** A line of the index. */
  private record Line(String module, String moduleClass, String type) {}
}
