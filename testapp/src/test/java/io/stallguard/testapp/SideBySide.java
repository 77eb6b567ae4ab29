package io.stallguard.testapp;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stallguard.testing.TestName;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Tests that spend their time waiting for a JVM each: some of them run at once. */
final class SideBySide {
  private SideBySide() {}

  static Stream<DynamicTest> of(DynamicTest... tests) {
    return of(Arrays.asList(tests));
  }

  /** These tests in this order, begun before they are asked for, each once it has a place. */
  static Stream<DynamicTest> of(Collection<DynamicTest> tests) {
    return begin(tests, Places::take, Places::give);
  }

  /** All of them at once and without a place: for those that do next to nothing but wait. */
  static Stream<DynamicTest> allOf(Collection<DynamicTest> tests) {
    return begin(tests, () -> {}, () -> {});
  }

  private static Stream<DynamicTest> begin(
      Collection<DynamicTest> tests, Runnable take, Runnable give) {
    Map<DynamicTest, FutureTask<Void>> begun = new LinkedHashMap<>();
    tests.forEach(test -> begun.put(test, new FutureTask<>(() -> execute(test, give))));
    Background.run(
        () ->
            begun
                .values()
                .forEach(
                    test -> {
                      take.run();
                      Background.run(test);
                    }));
    return begun.entrySet().stream()
        .map(each -> dynamicTest(each.getKey().getDisplayName(), () -> await(each.getValue())));
  }

  /** The ends of tests that run already, where a test waits for others that are a part of it. */
  static void joined(Collection<DynamicTest> tests) {
    assertAll(tests.stream().map(DynamicTest::getExecutable));
  }

  private static Void execute(DynamicTest test, Runnable give) throws Exception {
    TestName.part(test.getDisplayName());
    try {
      test.getExecutable().execute();
      return null;
    } catch (Exception | Error e) {
      throw e;
    } catch (Throwable t) {
      throw new AssertionError(t);
    } finally {
      give.run();
    }
  }

  private static void await(FutureTask<Void> test) throws Throwable {
    try {
      test.get();
    } catch (ExecutionException e) {
      throw e.getCause();
    }
  }
}
