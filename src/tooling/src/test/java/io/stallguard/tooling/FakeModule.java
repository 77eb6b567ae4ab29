package io.stallguard.tooling;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.bytebuddy.asm.Advice;

/** A module whose parts a test chooses; by default it has one class and the test's own helper. */
public class FakeModule extends InstrumentationModule {
  static final String NAME = "fake";

  private final List<TypeInstrumentation> types = new ArrayList<>();

  /** With the one type {@link Client}. */
  public FakeModule() {
    this(Client.class.getName());
  }

  FakeModule(String... typeNames) {
    for (String typeName : typeNames) {
      types.add(
          TypeInstrumentation.of(typeName)
              .advise("call", "(Ljava/lang/String;)Ljava/lang/String;", ArgumentAdvice.class));
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<TypeInstrumentation> types() {
    return Collections.unmodifiableList(types);
  }

  @Override
  public String helper() {
    return "io.stallguard.tooling.helpers.FakeHelper";
  }

  /** What is instrumented. */
  public static class Client {
    /** Answers. */
    public static String call(String question) {
      return question;
    }
  }

  /** Two classes, of which one does not fit: the module must be whole or nothing. */
  public static final class Two extends FakeModule {
    /** Made by name. */
    public Two() {
      super(Client.class.getName(), Misfit.class.getName());
    }
  }

  /** Has advice for heads too. */
  public static final class Heads extends FakeModule {
    private static final String CALL = "(Ljava/lang/String;)Ljava/lang/String;";

    @Override
    public List<TypeInstrumentation> types() {
      return Collections.singletonList(
          TypeInstrumentation.of(Client.class.getName())
              .advise("call", CALL, ArgumentAdvice.class)
              .adviseHead("call", CALL, ArgumentAdvice.class));
    }
  }

  /**
   * A module of two classes, of which the second is not needed where it does not fit, and is
   * nothing to Java 9 and later.
   */
  public static final class WithAnExtra extends FakeModule {
    /** Made by name. */
    public WithAnExtra() {
      super(Client.class.getName(), Misfit.class.getName());
      types().get(1).onlyBefore(9).optional();
    }
  }

  /** Lacks the method that wants advice. */
  public static final class Misfit {}

  /** Replaces an argument. */
  static final class ArgumentAdvice {
    private ArgumentAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(value = 0, readOnly = false) String question) {
      question = "woven";
    }
  }
}
