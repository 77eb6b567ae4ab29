package io.stallguard.agent;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toUnmodifiableSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which room of the core stands above which: a room is a package, and its arrows go down. */
class RoomRulesTest {
  private static final String CORE = "io.stallguard.core";

  /**
   * From the ground up, all below the core itself: what has not found its room yet stands there.
   */
  private static final List<String> ROOMS =
      List.of(
          "words",
          "body",
          "settings",
          "clock",
          "callbacks",
          "wire",
          "engine",
          "coverage",
          "report",
          "gaps",
          "jfr",
          "household");

  /** From the ground up, all above the core itself. */
  private static final List<String> UPPER_ROOMS = List.of("jmx");

  private static final String MODULES = "io.stallguard.instrumentation..";
  private static final String EXCHANGE = CORE + ".words.Exchange";

  /** What all rooms throw and name, and apps know by this name. */
  private static final String STALL = CORE + ".StallTimeoutException";

  /** What modules may use of the core, by room. All else that is public is for other rooms. */
  private static final Set<String> FOR_MODULES =
      Stream.of(
              of("", "Engine ConnectLimits ConnectWait StallTimeoutException"),
              of(".words", "Exchange Replacement"),
              of(".body", "Piece"),
              of(".coverage", "Coverage"),
              of(".engine", "Guard BodyEnd Abort Decision Demand Lane BusyMark HeadWait"),
              of(
                  ".engine",
                  "DecidedEnd DecodedBody FailedRead GuardedInputStream PooledInputStream"),
              of(".engine", "InternalErrors Headroom Swallower SocketAbort LentConnection"),
              of(".engine", "SilentConnection UniqueName CoroutineJob NamesOnStacks"),
              of(".engine", "Beginnings Claim"),
              of(".wire", "LastLook Look Holdup SocketLook SharedSocketLook Backlog SelectorLook"),
              of(".wire", "VirtualReaderLook PoolProbe PoolProbes PoolThreads"),
              of(".wire", "ConnectionSocket SocketCut NothingDoneException"),
              of(".callbacks", "AppCallbacks AppWorld Aside SpareThread Telling"))
          .flatMap(List::stream)
          .collect(toUnmodifiableSet());

  private static JavaClasses core;

  @BeforeAll
  static void read() {
    core = Zones.core();
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void roomUsesNothingAboveIt(String room) {
    noClasses()
        .that()
        .resideInAPackage(CORE + '.' + room)
        .should()
        .dependOnClassesThat(resideInAnyPackage(above(room)).and(not(isStall())))
        .because("who reads a room needs to know those below it only")
        .check(core);
  }

  @Test
  void coreUsesNoRoomAboveIt() {
    noClasses()
        .that()
        .resideInAPackage(CORE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages(UPPER_ROOMS).toArray(String[]::new))
        .because("tools stand in front of the door")
        .check(core);
  }

  @Test
  void roomsMakeNoCycle() {
    slices()
        .matching(CORE + ".(*)..")
        .should()
        .beFreeOfCycles()
        .because("rooms that need each other are one")
        .check(core);
  }

  @Test
  void eachRoomHasItsFloor() {
    Set<String> packages = new TreeSet<>();
    for (JavaClass type : core) {
      packages.add(type.getPackageName());
    }

    Set<String> known = new TreeSet<>(Set.of(CORE));
    known.addAll(packages(ROOMS));
    known.addAll(packages(UPPER_ROOMS));
    assertThat(packages).isEqualTo(known);
  }

  @Test
  void modulesUseTheDoorOnly() {
    noClasses()
        .that()
        .resideInAPackage(MODULES)
        .should()
        .dependOnClassesThat(resideInAPackage(CORE + "..").and(not(isDoor())))
        .because("what is public for other rooms is none of a decorator's business")
        .check(Zones.classes());
  }

  @Test
  void noTypeOfTheListIsUnused() {
    Set<String> used = new TreeSet<>();
    for (JavaClass module : Zones.classes()) {
      if (resideInAPackage(MODULES).test(module)) {
        module
            .getDirectDependenciesFromSelf()
            .forEach(each -> used.add(outermost(each.getTargetClass().getName())));
      }
    }

    assertThat(used).containsAll(FOR_MODULES);
  }

  @Test
  void modulesDescribeExchangesAndReadNone() {
    noClasses()
        .that()
        .resideInAPackage(MODULES)
        .should()
        .callMethodWhere(readsAnExchange())
        .because("an exchange is asked by the core's rooms")
        .check(Zones.classes());
  }

  private static List<String> of(String room, String types) {
    return Stream.of(types.split(" ")).map(type -> CORE + room + '.' + type).toList();
  }

  private static DescribedPredicate<JavaClass> isDoor() {
    return describe(
        "the types for modules", type -> FOR_MODULES.contains(outermost(type.getName())));
  }

  private static DescribedPredicate<JavaClass> isStall() {
    return describe("what readers are told", type -> type.getName().equals(STALL));
  }

  private static String outermost(String type) {
    int nested = type.indexOf('$');
    return nested < 0 ? type : type.substring(0, nested);
  }

  private static DescribedPredicate<JavaMethodCall> readsAnExchange() {
    return describe(
        "it reads an exchange",
        call -> call.getTargetOwner().getName().equals(EXCHANGE) && !call.getName().equals("of"));
  }

  static List<String> rooms() {
    List<String> rooms = new ArrayList<>(ROOMS);
    rooms.addAll(UPPER_ROOMS);
    return rooms;
  }

  private static String[] above(String room) {
    List<String> packages = new ArrayList<>();
    if (ROOMS.contains(room)) {
      packages.addAll(packages(ROOMS.subList(ROOMS.indexOf(room) + 1, ROOMS.size())));
      packages.add(CORE);
      packages.addAll(packages(UPPER_ROOMS));
    } else {
      int next = UPPER_ROOMS.indexOf(room) + 1;
      packages.addAll(packages(UPPER_ROOMS.subList(next, UPPER_ROOMS.size())));
    }
    return packages.toArray(String[]::new);
  }

  private static List<String> packages(List<String> rooms) {
    List<String> packages = new ArrayList<>();
    rooms.forEach(room -> packages.add(CORE + '.' + room));
    return packages;
  }
}
