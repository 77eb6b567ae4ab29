package io.stallguard.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Advice is inlined into the app's classes: it may do no more there than a guard and one call. */
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

  /** Where it is inlined, each use of such a parameter reads the field anew. */
  @Test
  void readsEachFieldOfTheWovenClassOnce() {
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

  /** Everything but the JDK's types and the client's own. */
  private static boolean isHidden(String type) {
    return HIDDEN.stream().anyMatch(type::startsWith);
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
