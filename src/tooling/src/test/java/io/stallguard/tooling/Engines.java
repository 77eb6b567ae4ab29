package io.stallguard.tooling;

import io.stallguard.core.Engine;
import io.stallguard.core.settings.Settings;
import io.stallguard.core.settings.SettingsReader;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/** An engine for tests that need one but open no stream. */
final class Engines {
  static final Engine ENGINE = Engine.start(settings(""));

  private Engines() {}

  static Settings settings(String arguments) {
    return SettingsReader.read(
        arguments, new Properties(), Map.of(), Set.of(FakeModule.NAME), problem -> fail(problem));
  }

  static Modules modules(String arguments) {
    return new Modules(settings(arguments), ENGINE.coverage());
  }

  private static void fail(String problem) {
    throw new AssertionError(problem);
  }
}
