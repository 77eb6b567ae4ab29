package io.stallguard.tooling;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HookAccessTest {
  @Test
  void whoIsNotBelowTheAppsClassLoaderMayAskForIt() {
    assertThat(HookAccess.of(null)).isEqualTo(HookAccess.BY_SYSTEM_LOADER);
    assertThat(HookAccess.of(ClassLoader.getPlatformClassLoader()))
        .isEqualTo(HookAccess.BY_SYSTEM_LOADER);
    assertThat(HookAccess.of(ClassLoader.getSystemClassLoader()))
        .isEqualTo(HookAccess.BY_SYSTEM_LOADER);
  }

  /** There is no security manager here, and nobody's class loader is asked. */
  @Test
  void anyOtherNeedsTheRightOnceThereIsASecurityManager() {
    assertThat(HookAccess.of(new Failing())).isEqualTo(HookAccess.BY_RIGHT);
  }

  /** Fails whenever it is asked. */
  private static final class Failing extends ClassLoader {
    @Override
    protected Class<?> loadClass(String name, boolean resolve) {
      throw new IllegalStateException(name);
    }
  }
}
