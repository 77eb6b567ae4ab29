package io.stallguard.tooling;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HookTableTest {
  private static final int MOST_FAILURES = 10;

  private final Lines console = new Lines();
  private final Modules modules = Engines.modules("");
  private final Provisions provisions =
      new Provisions(Engines.ENGINE, modules, console, told -> names -> true);
  private final HookTable hooks =
      new HookTable(Engines.ENGINE, modules, provisions, instrumentation(), console, Map.of());

  @BeforeEach
  void load() throws Exception {
    modules.typeInstrumentation(
        new GateIndex.Entry(FakeModule.NAME, FakeModule.class.getName()),
        FakeModule.Client.class.getName());
  }

  @Test
  void givesWhatTheHelperMakes() {
    assertThat(call("decorate")).isEqualTo("decorated");
  }

  @Test
  void givesTheHelperTheEngine() {
    assertThat(call("engine")).isSameAs(Engines.ENGINE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"throw", "error", "null"})
  void givesTheOriginalWhereTheHelperFails(String how) {
    assertThat(call(how)).isEqualTo("original");
  }

  @Test
  void givesTheOriginalForAnUnknownModule() {
    assertThat(hooks.apply("unknown", new Object[] {"client", "join", "original"}))
        .isEqualTo("original");
  }

  @Test
  void givesTheOriginalWhereTheClientIsNull() {
    assertThat(hooks.apply(FakeModule.NAME, new Object[] {null, "", "original"}))
        .isEqualTo("original");
  }

  @Test
  void countsWhatItKeepsFromTheApp() {
    long before = Engines.ENGINE.errors().count();

    call("throw");

    assertThat(Engines.ENGINE.errors().count()).isEqualTo(before + 1);
  }

  @Test
  void switchesAModuleOffThatKeepsFailingAndSaysSoOnce() {
    for (int i = 0; i < 3 * MOST_FAILURES; i++) {
      call("throw");
    }

    assertThat(modules.isEnabled(FakeModule.NAME)).isFalse();
    assertThat(console.all()).isEqualTo(List.of("fake is not guarded: it failed 10 times"));
    assertThat(call("decorate")).isEqualTo("original");
  }

  @Test
  void bearsAFewFailures() {
    for (int i = 1; i < MOST_FAILURES; i++) {
      call("throw");
    }

    assertThat(call("decorate")).isEqualTo("decorated");
  }

  @Test
  void takesAChangeOfSettingsFromWhoAttachesAlone() {
    assertThat(change("no-such-setting=1", instrumentation()))
        .asString()
        .contains("no-such-setting");
    assertThat(change("idle=7s", null)).isEqualTo("only who attaches changes settings here");
    assertThat(change("idle=7s", "app")).isEqualTo("only who attaches changes settings here");
  }

  private Object change(String change, Object proof) {
    return hooks.apply("", new Object[] {change, proof});
  }

  /** Another one each time, of one class, as it is with the JVM's. */
  private static Instrumentation instrumentation() {
    return (Instrumentation)
        Proxy.newProxyInstance(
            HookTableTest.class.getClassLoader(),
            new Class<?>[] {Instrumentation.class},
            (proxy, method, arguments) -> null);
  }

  private Object call(String how) {
    return hooks.apply(FakeModule.NAME, new Object[] {new FakeModule.Client(), how, "original"});
  }
}
