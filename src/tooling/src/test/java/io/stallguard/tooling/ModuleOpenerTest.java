package io.stallguard.tooling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ModuleOpenerTest {
  private final List<Object[]> redefined = new ArrayList<>();
  private final ClassLoader helpers = new HelperLoader(null, getClass().getClassLoader());

  @Test
  void opensThePackageToTheHelpersAndDoesNoMore() throws Exception {
    ModuleOpener.open(instrumentation(), "java.base/sun.net", helpers);

    assertThat(redefined).hasSize(1);
    assertThat(redefined.get(0))
        .containsExactly(
            Object.class.getModule(),
            Set.of(),
            Map.of(),
            Map.of("sun.net", Set.of(helpers.getUnnamedModule())),
            Set.of(),
            Map.of());
  }

  @Test
  void failsWhereThereIsNoSuchModule() {
    assertThatThrownBy(() -> ModuleOpener.open(instrumentation(), "no.such/sun.net", helpers))
        .isInstanceOf(ReflectiveOperationException.class);
    assertThat(redefined).isEmpty();
  }

  private Instrumentation instrumentation() {
    return (Instrumentation)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Instrumentation.class},
            (self, method, arguments) -> {
              assertThat(method.getName()).isEqualTo("redefineModule");
              redefined.add(arguments);
              return null;
            });
  }
}
