package io.stallguard.tooling;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.agent.Hooks;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnweavingTest {
  private static final Class<?>[] LOADED = {String.class, FakeModule.Client.class};

  private final List<String> done = new ArrayList<>();

  @Test
  void takesTheTransformersOutBeforeItHasTheClassesMadeAnew() throws IOException {
    Gate gate = new Gate(index(), Engines.modules(off()), needed -> {}, new Lines());

    Hooks.hook = (module, arguments) -> null;
    new Unweaving(gate, new UseTrigger(), instrumentation()).run();

    assertThat(Hooks.hook).isNull();
    assertThat(done)
        .containsExactly(
            "removeTransformer Gate",
            "removeTransformer UseTrigger",
            "getAllLoadedClasses",
            "retransformClasses " + FakeModule.Client.class.getName());
  }

  /** What was woven before a module was switched off is taken out as well. */
  private static String off() {
    return "instrumentation." + FakeModule.NAME + ".enabled=false";
  }

  private static GateIndex index() throws IOException {
    String line =
        FakeModule.NAME
            + " "
            + FakeModule.class.getName()
            + " "
            + FakeModule.Client.class.getName().replace('.', '/');
    return GateIndex.read(new ByteArrayInputStream(line.getBytes(StandardCharsets.US_ASCII)));
  }

  private Instrumentation instrumentation() {
    return (Instrumentation)
        Proxy.newProxyInstance(
            UnweavingTest.class.getClassLoader(),
            new Class<?>[] {Instrumentation.class},
            (self, method, arguments) -> answer(method.getName(), arguments));
  }

  private Object answer(String method, Object[] arguments) {
    switch (method) {
      case "getAllLoadedClasses":
        done.add(method);
        return LOADED;
      case "removeTransformer":
        done.add(method + " " + arguments[0].getClass().getSimpleName());
        return true;
      default:
        assertThat(Hooks.hook).as("met by what is being run").isNotNull();
        done.add(method + " " + ((Class<?>[]) arguments[0])[0].getName());
        return null;
    }
  }
}
