package io.stallguard.agent;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Advice is inlined into the app's classes: static methods without state, loop or lambda, which
 * name nothing that the woven class does not see, keep their failures from the app and call the
 * hook.
 */
class AdviceRulesTest {
  private static final Set<String> ANNOTATIONS = Set.of("OnMethodEnter", "OnMethodExit");
  private static final List<String> HIDDEN =
      List.of("io/stallguard/", "net/bytebuddy/", "org/slf4j/", "org/jspecify/", "sun/", "jdk/");

  @Test
  void existsInEachModule() {
    for (Path module : Zones.modules()) {
      assertThat(Zones.classFiles(module)).anyMatch(file -> isAdvice(file));
    }
  }

  @Test
  void hasNoStateAndNoSupertype() {
    assertThat(advice())
        .allSatisfy(
            type -> {
              assertThat(type.fields()).isEmpty();
              assertThat(type.supertypes()).containsExactly("java/lang/Object");
            });
  }

  @Test
  void hasNothingButAnnotatedStaticMethods() {
    assertThat(advice())
        .allSatisfy(type -> assertThat(methods(type)).isNotEmpty().allMatch(isStaticAdvice()));
  }

  @Test
  void keepsItsFailuresFromTheApp() {
    assertThat(advice())
        .allSatisfy(
            type ->
                assertThat(methods(type))
                    .extracting(Bytecode.Method::suppressed)
                    .containsOnly("Ljava/lang/Throwable;"));
  }

  @Test
  void neverLoops() {
    assertThat(advice())
        .allSatisfy(type -> assertThat(methods(type)).noneMatch(Bytecode.Method::loops));
  }

  /**
   * A parameter that stands for a field: where advice is inlined, each use of it reads the field
   * anew.
   */
  @Test
  void readsEachFieldOnce() {
    assertThat(advice())
        .allSatisfy(type -> assertThat(methods(type)).noneMatch(Bytecode.Method::readsFieldAgain));
  }

  @Test
  void usesNoLambda() {
    assertThat(advice())
        .allSatisfy(
            type -> assertThat(type.methods()).noneMatch(Bytecode.Method::callsDynamically));
  }

  @Test
  void namesOnlyTypesThatTheWovenClassSees() {
    assertThat(advice())
        .allSatisfy(
            type ->
                assertThat(methods(type))
                    .flatExtracting(Bytecode.Method::types)
                    .noneMatch(name -> isHidden(name)));
  }

  /**
   * Types of ours, of our libraries and of the JDK's inside: a woven class may see none of them.
   */
  private static boolean isHidden(String type) {
    return HIDDEN.stream().anyMatch(type::startsWith);
  }

  @Test
  void namesItsJoinAndItsModule() {
    for (Path folder : Zones.modules()) {
      Set<String> modules = names(folder);

      assertThat(advice(folder).flatMap(type -> methods(type).stream()))
          .allSatisfy(
              method ->
                  assertThat(method.hookCalls())
                      .as("what follows the client's object in each call of the hook")
                      .hasSize(method.callsWithAnArray())
                      .extracting(Bytecode.HookCall::module)
                      .isSubsetOf(modules));
    }
  }

  @Test
  void leavesTheLookUpOfTheHookToTheWeaver() {
    assertThat(Zones.modules())
        .allSatisfy(
            folder ->
                assertThat(advice(folder).flatMap(type -> type.methods().stream()))
                    .flatExtracting(Bytecode.Method::strings)
                    .as("@Hook marks a parameter that is the hook")
                    .doesNotContain(Hooks.class.getName()));
  }

  @Test
  void comesFromAJoinThatTheHelperKnows() {
    for (Path folder : Zones.modules()) {
      Set<String> known = namesInHelpers(folder);

      for (Map.Entry<String, Set<String>> joins : joins(folder).entrySet()) {
        if (joins.getValue().size() > 1) {
          assertThat(known).as(joins.getKey()).containsAll(joins.getValue());
        }
      }
    }
  }

  /** The names of the modules in a folder. */
  private static Set<String> names(Path folder) {
    return classes(folder)
        .filter(type -> type.name().endsWith("Instrumentation"))
        .flatMap(type -> type.methods().stream())
        .filter(method -> method.toString().startsWith("name()"))
        .flatMap(method -> method.strings().stream())
        .collect(toSet());
  }

  /** By module: the names of the joins from which it is called. */
  private static Map<String, Set<String>> joins(Path folder) {
    return advice(folder)
        .flatMap(type -> type.methods().stream())
        .flatMap(method -> method.hookCalls().stream())
        .collect(groupingBy(Bytecode.HookCall::module, mapping(Bytecode.HookCall::join, toSet())));
  }

  private static Set<String> namesInHelpers(Path folder) {
    return classes(folder)
        .filter(type -> type.supertypes().contains("java/util/function/Function"))
        .flatMap(type -> type.methods().stream())
        .flatMap(method -> method.strings().stream())
        .collect(toSet());
  }

  private static Stream<Bytecode> advice(Path folder) {
    return classes(folder).filter(type -> type.name().endsWith("Advice"));
  }

  private static Stream<Bytecode> classes(Path folder) {
    return Zones.classFiles(folder).stream().map(Bytecode::of);
  }

  @Test
  void isTheOnlyPlaceForByteBuddysAnnotations() {
    assertThat(all())
        .filteredOn(type -> type.methods().stream().anyMatch(method -> !method.advice().isEmpty()))
        .allMatch(type -> type.name().endsWith("Advice"));
  }

  private static List<Bytecode.Method> methods(Bytecode type) {
    return type.methods().stream().filter(method -> !method.isConstructor()).toList();
  }

  private static Predicate<Bytecode.Method> isStaticAdvice() {
    return method ->
        method.isStatic()
            && method.advice().size() == 1
            && ANNOTATIONS.containsAll(method.advice());
  }

  private static List<Bytecode> advice() {
    List<Bytecode> advice = all().filter(type -> type.name().endsWith("Advice")).toList();
    assertThat(advice).isNotEmpty();
    return advice;
  }

  private static Stream<Bytecode> all() {
    return Zones.folders().stream().map(Zones::classFiles).flatMap(List::stream).map(Bytecode::of);
  }

  private static boolean isAdvice(Path file) {
    return file.getFileName().toString().endsWith("Advice.class");
  }
}
