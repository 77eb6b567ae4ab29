package io.stallguard.testapp;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

/** Tests that spend their time waiting for a JVM each: some of them run at once. */
final class SideBySide {
  /** More than the cores of a small machine: a JVM that waits for a limit needs none. */
  private static final int AT_ONCE = 4;

  private SideBySide() {}

  static Stream<DynamicTest> of(DynamicTest... tests) {
    return of(Arrays.asList(tests));
  }

  /** The same tests in the same order, begun before they are asked for. */
  static Stream<DynamicTest> of(Collection<DynamicTest> tests) {
    return of(tests, AT_ONCE);
  }

  /** All of them at once: for those that do next to nothing but wait. */
  static Stream<DynamicTest> allOf(Collection<DynamicTest> tests) {
    return of(tests, tests.size());
  }

  private static Stream<DynamicTest> of(Collection<DynamicTest> tests, int atOnce) {
    ExecutorService threads = Executors.newFixedThreadPool(atOnce);
    List<DynamicTest> begun = tests.stream().map(test -> begin(threads, test)).toList();
    threads.shutdown();
    return begun.stream();
  }

  private static DynamicTest begin(ExecutorService threads, DynamicTest test) {
    Future<Void> end = threads.submit(callable(test.getExecutable()));
    return dynamicTest(test.getDisplayName(), () -> await(end));
  }

  private static Callable<Void> callable(Executable test) {
    return () -> {
      try {
        test.execute();
        return null;
      } catch (Exception | Error e) {
        throw e;
      } catch (Throwable t) {
        throw new AssertionError(t);
      }
    };
  }

  /** The ends of tests that run already, where a test waits for others that are a part of it. */
  static void joined(Collection<DynamicTest> tests) {
    assertAll(tests.stream().map(DynamicTest::getExecutable));
  }

  private static void await(Future<Void> end) throws Throwable {
    try {
      end.get();
    } catch (ExecutionException e) {
      throw e.getCause();
    }
  }
}
