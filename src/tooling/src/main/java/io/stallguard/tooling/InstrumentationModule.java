package io.stallguard.tooling;

import java.util.Collections;
import java.util.List;

/**
 * What is to be done to one HTTP client. Names client types as strings only, so that it can be
 * loaded where the client is not.
 */
public abstract class InstrumentationModule {
  /** The name in settings and reports: {@code okhttp}. */
  public abstract String name();

  /** The classes to put advice into, each once. */
  public abstract List<TypeInstrumentation> types();

  /**
   * The class that advice reaches through the hook: a {@code Function<Object[], Object>} with a
   * public constructor that takes the {@link io.stallguard.core.Engine}. It lives in a package
   * named {@code helpers}, and so in a helper loader that sees the client. What advice gives it is
   * the client's object, the name of the join, what is to be decorated or null, and what else it
   * wants to know; it returns what takes the place of the third, or null to leave it.
   */
  public abstract String helper();

  /**
   * The members of the client that the helpers use, as {@code okhttp3/Call#cancel()V}. Where one is
   * missing, the module stands back.
   */
  public List<String> references() {
    return Collections.emptyList();
  }

  /** Packages of the JDK that the helpers look into, as {@code java.base/sun.net}. */
  public List<String> opens() {
    return Collections.emptyList();
  }

  /**
   * Whether its helpers abort by a socket, or look into it: for either the core looks below what
   * the JDK shows of it.
   */
  public boolean cutsSockets() {
    return false;
  }
}
