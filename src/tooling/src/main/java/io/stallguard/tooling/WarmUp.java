package io.stallguard.tooling;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.BiFunction;
import net.bytebuddy.asm.Advice;

/**
 * Loads what the first weaving needs. Runs on a thread of its own, or in {@code premain} where
 * classes to weave are loaded already.
 */
final class WarmUp {
  private WarmUp() {}

  static void run() throws IOException, StandBack {
    String name = Sample.class.getName().replace('.', '/');
    ClassLoader loader = Sample.class.getClassLoader();
    Weaver.warmUp(new ClassFile(loader, name, null, bytes(loader, name + ".class")));
  }

  private static byte[] bytes(ClassLoader loader, String resource) throws IOException {
    try (InputStream in = loader.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("no resource " + resource);
      }
      return Bytes.all(in);
    }
  }

  /** A class to weave into. */
  static final class Sample {
    Object sample(Object value) {
      return value;
    }
  }

  /** Uses each feature that the modules' advice uses; what it assigns goes into woven code. */
  @SuppressWarnings("UnusedVariable")
  static final class SampleAdvice {
    private SampleAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Hook BiFunction<String, Object[], Object> hook,
        @Advice.This Object self,
        @Advice.Argument(value = 0, readOnly = false) Object value) {
      value = hook.apply("", new Object[] {self, "", value});
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Thrown(readOnly = false) Throwable thrown) {
      thrown = null;
    }
  }
}
