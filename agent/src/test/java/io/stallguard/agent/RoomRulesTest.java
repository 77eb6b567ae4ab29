package io.stallguard.agent;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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
      List.of("words", "body", "settings", "engine", "coverage", "household");

  /** From the ground up, all above the core itself. */
  private static final List<String> UPPER_ROOMS = List.of("jmx");

  private static final String MODULES = "io.stallguard.instrumentation..";
  private static final String EXCHANGE = CORE + ".words.Exchange";

  /** What modules may use of the rooms that are none of the engine's. */
  private static final Set<String> DOOR =
      Set.of(
          EXCHANGE,
          EXCHANGE + "$Builder",
          CORE + ".words.Replacement",
          CORE + ".body.Piece",
          CORE + ".coverage.Coverage");

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
        .dependOnClassesThat()
        .resideInAnyPackage(above(room))
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
        .dependOnClassesThat(resideInARoomOfNoEngine().and(not(isDoor())))
        .because("what is public for other rooms is none of a decorator's business")
        .check(Zones.classes());
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

  private static DescribedPredicate<JavaClass> resideInARoomOfNoEngine() {
    List<String> packages = packages(ROOMS);
    packages.remove(CORE + ".engine");
    packages.addAll(packages(UPPER_ROOMS));
    return resideInAnyPackage(packages.toArray(String[]::new));
  }

  private static DescribedPredicate<JavaClass> isDoor() {
    return describe("the door", type -> DOOR.contains(type.getName()));
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
