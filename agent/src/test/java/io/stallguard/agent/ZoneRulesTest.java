package io.stallguard.agent;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchCondition;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may use whom: a zone is a class loader, and what it cannot see it must not name. */
class ZoneRulesTest {
  private static final String AGENT = "io.stallguard.agent..";
  private static final String CORE = "io.stallguard.core..";
  private static final String TOOLING = "io.stallguard.tooling..";
  private static final String INSTRUMENTATION = "io.stallguard.instrumentation..";
  private static final String HELPERS = "io.stallguard.instrumentation.*.helpers..";
  private static final String JDK = "java..";
  private static final String NULLS = "org.jspecify.annotations..";
  private static final String BYTE_BUDDY = "net.bytebuddy..";

  private static JavaClasses zones;

  @BeforeAll
  static void read() {
    zones = Zones.classes();
  }

  @Test
  void entryUsesLittleOfTheJdkAndNothingElse() {
    classes()
        .that()
        .resideInAPackage(AGENT)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            AGENT,
            NULLS,
            "java.lang",
            "java.lang.instrument",
            "java.io",
            "java.net",
            "java.security",
            "java.util",
            "java.util.concurrent.locks",
            "java.util.function",
            "java.util.concurrent",
            "java.util.concurrent.atomic",
            "java.util.jar",
            "java.util.zip")
        .because("it runs in the app's class loader, before the app has set anything up")
        .check(zones);
  }

  @Test
  void entryHasNoLambda() {
    assertThat(Zones.classFiles(Zones.folders().get(0)))
        .extracting(Bytecode::of)
        .isNotEmpty()
        .as("they start a part of the JVM that a small app never needs")
        .allSatisfy(
            type -> assertThat(type.methods()).noneMatch(Bytecode.Method::callsDynamically));
  }

  @Test
  void coreUsesTheJdkAndItsLogger() {
    classes()
        .that()
        .resideInAPackage(CORE)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            CORE,
            JDK,
            "javax.management..",
            "javax.net.ssl..",
            "org.HdrHistogram..",
            NULLS,
            "org.slf4j..")
        .because("the engine must run without Byte Buddy, and know no client")
        .check(zones);
  }

  @Test
  void toolingUsesCoreAndByteBuddy() {
    classes()
        .that()
        .resideInAPackage(TOOLING)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(TOOLING, CORE, JDK, NULLS, BYTE_BUDDY)
        .because("it is loaded where no client is: client types are strings there")
        .check(zones);
  }

  @Test
  void moduleClassesUseTheToolingAndNoClient() {
    classes()
        .that(resideInAPackage(INSTRUMENTATION))
        .and(not(resideInAPackage(HELPERS)))
        .and(not(isAdvice()))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(TOOLING, JDK, NULLS).or(resideInAPackage(INSTRUMENTATION)))
        .because("they are loaded where no client is")
        .check(zones);
  }

  @Test
  void moduleClassesNameNoHelper() {
    noClasses()
        .that(resideInAPackage(INSTRUMENTATION))
        .and(not(resideInAPackage(HELPERS)))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(HELPERS)
        .because("a helper loaded by the agent's loader could not see its client")
        .check(zones);
  }

  @Test
  void helpersUseTheEngineAndTheirClient() {
    noClasses()
        .that()
        .resideInAPackage(HELPERS)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(AGENT, TOOLING, BYTE_BUDDY, "org.slf4j..")
                .or(resideInAPackage(INSTRUMENTATION).and(not(resideInAPackage(HELPERS)))))
        .because("a helper is a decorator: it knows the engine and the client")
        .check(zones);
  }

  @Test
  void helpersArePackagesOfTheModulesOnly() {
    classes()
        .that()
        .resideInAPackage("..helpers..")
        .should(beCompiledBelow(Path.of("..", "src", "instrumentation")))
        .because("the helper loader takes every package of this name for a client's")
        .check(zones);
  }

  @Test
  void noModuleUsesAnother() {
    slices()
        .matching("io.stallguard.instrumentation.(*)..")
        .should()
        .notDependOnEachOther()
        .because("each client comes and goes alone")
        .check(zones);
  }

  @Test
  void nothingUsesTheModules() {
    noClasses()
        .that()
        .resideOutsideOfPackage(INSTRUMENTATION)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(INSTRUMENTATION)
        .because("modules are found by the index, when one of their classes comes")
        .check(zones);
  }

  @Test
  void nobodyUsesTheAppsLoggingOrUnsafe() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.util.logging..", "sun..", "jdk.internal..", "com.sun..")
        .because("it would be set up before the app has configured it, or warn on newer JDKs")
        .check(zones);
  }

  @Test
  void eachModuleHasItsClassesInOnePackage() {
    for (Path module : Zones.modules()) {
      assertThat(Zones.classFiles(module))
          .isNotEmpty()
          .allMatch(file -> module.relativize(file).startsWith("io/stallguard/instrumentation"));
    }
  }

  @Test
  void exceptionsCanBeReadBackWhereNoAgentIs() {
    classes()
        .that()
        .areAssignableTo(Throwable.class)
        .should(be(describe("replaced when serialised", type -> isReplaced(type))))
        .because("an app may send what it caught to a JVM without our classes")
        .check(zones);
  }

  private static boolean isReplaced(JavaClass type) {
    return type.tryGetMethod("writeReplace").isPresent();
  }

  private static DescribedPredicate<JavaClass> isAdvice() {
    return describe("are advice", type -> type.getSimpleName().endsWith("Advice"));
  }

  private static ArchCondition<JavaClass> beCompiledBelow(Path folder) {
    URI root = folder.toAbsolutePath().normalize().toUri();
    return be(
        describe(
            "compiled below " + root,
            type ->
                type.getSource().orElseThrow().getUri().toString().startsWith(root.toString())));
  }
}
