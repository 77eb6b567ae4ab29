package io.stallguard.tooling.helpers;

import io.stallguard.core.Engine;
import java.util.function.Function;

/** A helper that does what the argument in the middle says. */
public final class FakeHelper implements Function<Object[], Object> {
  private final Engine engine;

  /** Made by the helper loader. */
  public FakeHelper(Engine engine) {
    this.engine = engine;
  }

  @Override
  public Object apply(Object[] arguments) {
    switch (String.valueOf(arguments[1])) {
      case "throw":
        throw new IllegalStateException("helper");
      case "error":
        throw new NoClassDefFoundError("helper");
      case "null":
        return null;
      case "self":
        return this;
      case "engine":
        return engine;
      case "client":
        return type("throwaway.Client");
      case "agent":
        return type("io.stallguard.core.Engine");
      default:
        return "decorated";
    }
  }

  private static Object type(String name) {
    try {
      return Class.forName(name, false, FakeHelper.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      return e;
    }
  }
}
